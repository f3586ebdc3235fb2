// What template/winograd.ts writes; the build gives it to the compiler as transforms.ts.
export declare function transformInput(from: usize, row: usize, pixel: usize, to: usize, plane: usize, between: usize): void;
export declare function transformFilter3(from: usize, row: usize, pixel: usize, to: usize, plane: usize, between: usize): void;
export declare function transformFilter5(from: usize, row: usize, pixel: usize, to: usize, plane: usize, between: usize): void;
export declare function transformOutput3(from: usize, plane: usize, bias: usize, floor: f32, to: usize, row: usize, pixel: usize, between: usize): void;
export declare function transformOutput5(from: usize, plane: usize, bias: usize, floor: f32, to: usize, row: usize, pixel: usize, between: usize): void;
export declare function transformUpstream3(from: usize, row: usize, pixel: usize, to: usize, plane: usize, between: usize): void;
export declare function transformUpstream5(from: usize, row: usize, pixel: usize, to: usize, plane: usize, between: usize): void;
export declare function transformGradient3(from: usize, plane: usize, bias: usize, floor: f32, to: usize, row: usize, pixel: usize, between: usize): void;
export declare function transformGradient5(from: usize, plane: usize, bias: usize, floor: f32, to: usize, row: usize, pixel: usize, between: usize): void;

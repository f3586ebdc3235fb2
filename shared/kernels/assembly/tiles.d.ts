// What template/tiles.ts writes for each vector width; the build gives it to the compiler as tiles.ts.
export declare const ROWS: i32;
export declare const COLUMNS: i32;
export declare function packRight(b: usize, bRow: usize, bColumn: usize, k: i32, n: i32, to: usize): void;
export declare function nextTile(left: i32): i32;
export declare function runMatrixTile(size: i32, rows: i32, columns: i32, k: i32, a: usize, aRow: usize, bBlock: usize, bOffset: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool, scratch: usize): void;
export declare function runWindowTile(size: i32, rows: i32, columns: i32, runs: i32, length: i32, aStep: usize, jumps: usize, a: usize, starts: usize, b: usize, c: usize, cRow: usize, bias: usize, accumulate: bool, floor: f32, scratch: usize): void;

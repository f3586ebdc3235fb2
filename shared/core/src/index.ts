export * from "./errors.ts";
export * from "./matrix.ts";
export * from "./nearest-name.ts";
export * from "./random.ts";
export * from "./shape.ts";

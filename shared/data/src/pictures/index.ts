export * from "./class-picture.ts";
export type { Levels, Picture } from "./decode-picture.ts";
export * from "./list-pictures.ts";
export * from "./scene-picture.ts";

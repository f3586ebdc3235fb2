export * from "./assert-box.ts";
export * from "./make-scenes.ts";
export { type NumberArray, readNpy } from "./npy.ts";
export * from "./own-scenes.ts";
export * from "./read-scenes.ts";
export * from "./scene.ts";
export * from "./scene-digits.ts";
export * from "./scene-set.ts";
export * from "./scene-splits.ts";

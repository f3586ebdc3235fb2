import { placesOf, sizesOf, stepsOf, type WindowShape } from "./convolution-shape.ts";
import type { Engine } from "./engine.ts";

/** Pooling of x [batch, height, width, channels] to y [batch, outHeight, outWidth, channels]; paddings ≥ 0. */
export interface Pool {
  readonly shape: WindowShape;
  readonly x: number;
  readonly y: number;
}

export interface MaxPoolGradient extends Pool {
  readonly dy: number;
  readonly dx: number;
}

export interface AveragePoolGradient {
  readonly shape: WindowShape;
  readonly dy: number;
  readonly dx: number;
}

/** y = the maximum of each window; NaN where the window holds one. */
export function maxPool(engine: Engine, { shape, x, y }: Pool): void {
  engine.run("maxPool", [x, y, ...sizesOf(shape), ...stepsOf(shape)], imagesOf(shape, placesOf(shape)));
}

/** dx of maxPool, from its input and output: dy goes to the first place of the window that holds the maximum. */
export function maxPoolGradient(engine: Engine, { shape, dy, x, y, dx }: MaxPoolGradient): void {
  const range = imagesOf(shape, shape.height * shape.width);
  engine.run("maxPoolGradient", [dy, x, y, dx, ...sizesOf(shape), ...stepsOf(shape)], range);
}

/** y = the mean of each window over its places inside the image. */
export function averagePool(engine: Engine, { shape, x, y }: Pool): void {
  engine.run("averagePool", [x, y, ...sizesOf(shape), ...stepsOf(shape)], imagesOf(shape, placesOf(shape)));
}

/** dx of averagePool. */
export function averagePoolGradient(engine: Engine, { shape, dy, dx }: AveragePoolGradient): void {
  const range = imagesOf(shape, shape.height * shape.width);
  engine.run("averagePoolGradient", [dy, dx, ...sizesOf(shape), ...stepsOf(shape)], range);
}

function imagesOf({ batch, channels }: WindowShape, places: number): { total: number; grain: number } {
  return { total: places * channels === 0 ? 0 : batch, grain: 1 };
}

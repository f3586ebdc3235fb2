import { convolveDirectly, convolveTurned, foldTurned, foldWindows } from "./convolution-paths.ts";
import { type ConvolutionShape, isPointwise, placesOf } from "./convolution-shape.ts";
import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { addBias } from "./rows.ts";

export interface Conv2d {
  readonly shape: ConvolutionShape;
  readonly x: number;
  readonly filter: number;
  /** [outChannels], added to every place. */
  readonly bias?: number | undefined;
  readonly y: number;
  /** Takes max(…, 0) of the result. */
  readonly relu?: boolean | undefined;
}

/** y = x ∗ filter (+ bias), through ReLU if asked. API.md says which path a shape takes. */
export function conv2d(engine: Engine, options: Conv2d): void {
  const { shape, x, filter, bias, y, relu = false } = options;
  const { channels, outChannels: n } = shape;
  const terms = shape.filterHeight * shape.filterWidth * channels;
  const m = placesOf(shape);
  if (m * n === 0) return;
  if (terms > 0 && !isPointwise(shape) && !isNarrow(shape, n, channels)) {
    convolveDirectly(engine, options);
    return;
  }
  if (terms === 0 || isPointwise(shape))
    gemm(engine, { m, n, k: terms, a: x, aRow: terms, aColumn: 1, b: filter, bRow: n, bColumn: 1, c: y, cRow: n });
  else foldTurned(engine, options);
  if (bias !== undefined || relu) addBias(engine, { x: y, bias: bias ?? zeroRow(engine, n), y, m, n, relu });
}

export interface Conv2dInputGradient {
  readonly shape: ConvolutionShape;
  readonly dy: number;
  readonly filter: number;
  readonly dx: number;
}

/**
 * dx of conv2d. For stride 1 a convolution of dy with the filter turned round; for other strides the
 * windows dy·filterᵀ, added up where they lie. Also the forward pass of a transposed convolution.
 */
export function conv2dInputGradient(engine: Engine, options: Conv2dInputGradient): void {
  const { shape, dy, filter, dx } = options;
  const { batch, height, width, channels: n, outChannels: k, strideHeight, strideWidth } = shape;
  const m = batch * height * width;
  if (m * n === 0) return;
  const isEmpty = placesOf(shape) * k * shape.filterHeight * shape.filterWidth === 0;
  if (isEmpty || isPointwise(shape)) {
    const strides = { aRow: k, aColumn: 1, bRow: 1, bColumn: k, cRow: n };
    gemm(engine, { m, n, k: isEmpty ? 0 : k, a: dy, b: filter, c: dx, ...strides });
  } else if (strideHeight === 1 && strideWidth === 1 && !isNarrow(shape, n, k)) convolveTurned(engine, options);
  else foldWindows(engine, options);
}

/**
 * Too few output channels to fill a tile: then it is faster to compute what each pixel adds to the
 * windows around it, which are many columns, and to add that up where it lies.
 */
function isNarrow({ strideHeight, strideWidth }: ConvolutionShape, outChannels: number, channels: number): boolean {
  return strideHeight === 1 && strideWidth === 1 && outChannels <= 4 && channels >= 8;
}

function zeroRow(engine: Engine, count: number): number {
  const address = engine.workspace(4 * count);
  new Float32Array(engine.heap.memory.buffer, address, count).fill(0);
  return address;
}

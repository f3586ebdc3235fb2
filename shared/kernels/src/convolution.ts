import { forwardPath, inputGradientPath } from "./convolution-choice.ts";
import type { Conv2d, Conv2dInputGradient } from "./convolution-options.ts";
import { convolveDirectly, convolveTurned, foldTurned, foldWindows } from "./convolution-paths.ts";
import { placesOf } from "./convolution-shape.ts";
import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { addBias } from "./rows.ts";
import { convolveWinograd, turnedWinograd } from "./winograd.ts";

/** y = x ∗ filter (+ bias), through ReLU if asked. API.md says which path a shape takes. */
export function conv2d(engine: Engine, options: Conv2d): void {
  const { shape, x, filter, bias, y, relu = false } = options;
  const { outChannels: n } = shape;
  const terms = shape.filterHeight * shape.filterWidth * shape.channels;
  const m = placesOf(shape);
  if (m * n === 0) return;
  const path = forwardPath(shape);
  if (path === "direct" || path === "Winograd") {
    (path === "direct" ? convolveDirectly : convolveWinograd)(engine, options);
    return;
  }
  if (path === "matrix product")
    gemm(engine, { m, n, k: terms, a: x, aRow: terms, aColumn: 1, b: filter, bRow: n, bColumn: 1, c: y, cRow: n });
  else foldTurned(engine, options);
  if (bias !== undefined || relu) addBias(engine, { x: y, bias: bias ?? zeroRow(engine, n), y, m, n, relu });
}

/**
 * dx of conv2d. For stride 1 a convolution of dy with the filter turned round; for other strides the
 * windows dy·filterᵀ, added up where they lie. Also the forward pass of a transposed convolution.
 */
export function conv2dInputGradient(engine: Engine, options: Conv2dInputGradient): void {
  const { shape, dy, filter, dx } = options;
  const { batch, height, width, channels: n, outChannels: k } = shape;
  const m = batch * height * width;
  if (m * n === 0) return;
  const path = inputGradientPath(shape);
  if (path === "matrix product") {
    const isEmpty = placesOf(shape) * shape.filterHeight * shape.filterWidth === 0;
    const strides = { aRow: k, aColumn: 1, bRow: 1, bColumn: k, cRow: n };
    gemm(engine, { m, n, k: isEmpty ? 0 : k, a: dy, b: filter, c: dx, ...strides });
  } else if (path === "Winograd") turnedWinograd(engine, options);
  else if (path === "direct") convolveTurned(engine, options);
  else foldWindows(engine, options);
}

function zeroRow(engine: Engine, count: number): number {
  const address = engine.workspace(4 * count);
  new Float32Array(engine.heap.memory.buffer, address, count).fill(0);
  return address;
}

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { argMax, columnSum, rowSum, softmax } from "../rows.ts";
import { sizeOf } from "./site.ts";
import type { KernelBuilder } from "./training-kernel.ts";

/** Sum over leading or trailing axes of floats; over axes in the middle, TensorFlow.js's own. */
export const sumKernel: KernelBuilder =
  ({ util }) =>
  (site, call, stock) => {
    const { x } = call.inputs as { x: TensorInfo };
    const { axis, keepDims } = call.attrs as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
    const rank = x.shape.length;
    const isLeading = axes.every((a, i) => a === i);
    const isTrailing = axes.every((a, i) => a === rank - axes.length + i);
    if (x.dtype !== "float32" || axes.length === 0 || !(isLeading || isTrailing)) return stock(call);
    const kept = x.shape.filter((_, i) => !axes.includes(i));
    const out = site.output(keepDims ? x.shape.map((size, i) => (axes.includes(i) ? 1 : size)) : kept);
    const summed = axes.reduce((product, i) => product * x.shape[i]!, 1);
    const [m, n] = isTrailing ? [sizeOf(out), summed] : [summed, sizeOf(out)];
    (isTrailing ? rowSum : columnSum)(site.engine, { x: site.address(x), y: site.address(out), m, n });
    return out;
  };

/** Softmax over the last axis. */
export const softmaxKernel: KernelBuilder = () => (site, call, stock) => {
  const { logits } = call.inputs as { logits: TensorInfo };
  const { dim } = call.attrs as { dim: number };
  const n = logits.shape.at(-1) ?? 1;
  if (logits.dtype !== "float32" || dim !== logits.shape.length - 1) return stock(call);
  const out = site.output(logits.shape);
  softmax(site.engine, { x: site.address(logits), y: site.address(out), m: sizeOf(logits) / n, n });
  return out;
};

/** Along the last axis of floats. */
export const argMaxKernel: KernelBuilder =
  ({ util }) =>
  (site, call, stock) => {
    const { x } = call.inputs as { x: TensorInfo };
    const { axis } = call.attrs as { axis: number };
    const [own] = util.parseAxisParam(axis, x.shape) as [number];
    const n = x.shape.at(-1) ?? 0;
    if (x.dtype !== "float32" || own !== x.shape.length - 1 || n === 0) return stock(call);
    const out = site.output(x.shape.slice(0, -1), "int32");
    argMax(site.engine, { x: site.address(x), y: site.address(out), m: sizeOf(out), n });
    return out;
  };

/**
 * Of max over axes that lie beside each other: dx = dy where x is its maximum y, in all such places, and 0 elsewhere.
 * No kernel of TensorFlow.js, called by our gradient only.
 */
export const maxGradientKernel: KernelBuilder =
  () =>
  (site, { inputs, attrs }) => {
    const { dy, x, y } = inputs as Record<"dy" | "x" | "y", TensorInfo>;
    const { axes } = attrs as { axes: number[] };
    const out = site.output(x.shape);
    const [slope, from, top, dx] = [dy, x, y, out].map((tensor) => site.backend.typedArrayFromHeap(tensor));
    const n = x.shape.slice(axes.at(-1)! + 1).reduce((product, size) => product * size, 1);
    const block = n * axes.reduce((product, axis) => product * x.shape[axis]!, 1);
    for (let i = 0; i < dx!.length; i++) {
      const at = Math.floor(i / block) * n + (i % n);
      dx![i] = from![i] === top![at] ? slope![at]! : 0;
    }
    return out;
  };

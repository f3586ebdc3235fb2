import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type KernelCall, type Site, sizeOf } from "./site.ts";
import type { KernelBuilder } from "./training-kernel.ts";

// TensorFlow.js's own kernels for these turn NaN into a bound: a number that looks plausible.

/** min(max(x, low), high); NaN stays NaN. */
const clip =
  (bounds: (call: KernelCall) => readonly [low: number, high: number]): KernelBuilder =>
  () =>
  (site, call, stock) => {
    const { x } = call.inputs as { x: TensorInfo };
    if (x.dtype !== "float32") return stock(call);
    const [low, high] = bounds(call).map(Math.fround) as [number, number];
    const out = site.output(x.shape);
    const values = floats(site, x);
    const clipped = floats(site, out);
    for (let i = 0; i < values.length; i++) clipped[i] = Math.min(Math.max(values[i]!, low), high);
    return out;
  };

export const clipByValue = clip(({ attrs }) => [attrs!.clipValueMin as number, attrs!.clipValueMax as number]);
export const relu6 = clip(() => [0, 6]);

/** The larger or smaller of two, equal shapes or one scalar; NaN in either gives NaN. */
const extreme =
  (choose: (a: number, b: number) => number): KernelBuilder =>
  ({ util }) =>
  (site, call, stock) => {
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    const isEqual = util.arraysEqual(a.shape, b.shape);
    const [smaller, larger] = sizeOf(a) < sizeOf(b) ? [a, b] : [b, a];
    const isSimple = isEqual || smaller.shape.length === 0;
    if (a.dtype !== "float32" || b.dtype !== "float32" || !isSimple) return stock(call);
    const out = site.output(larger.shape);
    const [x, y, result] = [larger, smaller, out].map((tensor) => floats(site, tensor));
    for (let i = 0; i < result!.length; i++) result![i] = choose(x![i]!, isEqual ? y![i]! : y![0]!);
    return out;
  };

export const maximum = extreme(Math.max);
export const minimum = extreme(Math.min);

function floats(site: Site, tensor: TensorInfo): Float32Array {
  return site.backend.typedArrayFromHeap(tensor) as Float32Array;
}

import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Site } from "./site.ts";
import type { KernelBuilder } from "./training-kernel.ts";

/** The same data under a new tensor; TensorFlow.js's own copies it. Whoever writes in place must be its only owner. */
export const identity: KernelBuilder =
  () =>
  (site, { inputs }) =>
    share(site, inputs.x!, inputs.x!.shape);

function share({ backend }: Site, { dataId, dtype }: TensorInfo, shape: number[]): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

/**
 * The same data where no number moves, as in the gradient of a gather along the first axis: only axes of length 1 change
 * places. TensorFlow.js's own copies there, too.
 */
export const transpose: KernelBuilder = () => (site, call, stock) => {
  const { x } = call.inputs as { x: TensorInfo };
  const { perm } = call.attrs as { perm: number[] };
  const long = perm.filter((axis) => x.shape[axis] !== 1);
  if (long.some((axis, i) => i > 0 && axis < long[i - 1]!)) return stock(call);
  const shape = perm.map((axis) => x.shape[axis]!);
  return share(site, x, shape);
};

/**
 * x as another type: to bool whatever is not 0 is 1 (NaN as well), to int32 towards 0. TensorFlow.js's
 * own keeps the low byte for a bool: −2 becomes 254.
 */
export const cast: KernelBuilder = () => (site, call, stock) => {
  const { x } = call.inputs as { x: TensorInfo };
  const { dtype } = call.attrs as { dtype: TensorInfo["dtype"] };
  if (dtype === x.dtype) return share(site, x, x.shape);
  if (dtype !== "bool" || x.dtype === "string") return stock(call);
  const out = site.output(x.shape, dtype);
  const values = site.backend.typedArrayFromHeap(x);
  const bits = site.backend.typedArrayFromHeap(out);
  for (let i = 0; i < bits.length; i++) bits[i] = Number(values[i] !== 0);
  return out;
};

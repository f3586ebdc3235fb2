import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelBuilder } from "./training-kernel.ts";

/** TensorFlow.js's own slice, which reads behind the tensor where begin and size reach out of it. */
export const sliceKernel: KernelBuilder =
  ({ slice_util }) =>
  (_site, call, stock) => {
    const { x } = call.inputs as { x: TensorInfo };
    const { begin, size } = call.attrs as { begin: number | number[]; size: number | number[] };
    slice_util.assertParamsValid(x, ...(slice_util.parseSliceParams(x, begin, size) as [number[], number[]]));
    return stock(call);
  };

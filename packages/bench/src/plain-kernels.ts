import { tf } from "@course/tf";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** What a kernel is called with, as far as these two need it. */
interface Call<Inputs extends string> {
  readonly inputs: Readonly<Record<Inputs, tf.TensorInfo>>;
  readonly attrs: Readonly<{ filterShape: Shape4D; strides: number; pad: "same" | "valid"; numSegments: number }>;
  readonly backend: BackendWasm;
}

type Shape4D = [number, number, number, number];

/** Adds plain loops to TensorFlow.js's WASM backend for what it lacks to train a convolution and an embedding. */
export function registerPlainKernels(): void {
  register("Conv2DBackpropFilter", filterGradient);
  register("UnsortedSegmentSum", segmentSum);
}

function register<Inputs extends string>(kernelName: string, kernel: (call: Call<Inputs>) => tf.TensorInfo): void {
  const kernelFunc = kernel as unknown as tf.KernelFunc;
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}

/** x, dy → Σ over the output's places of window·dy. */
function filterGradient({ inputs: { x, dy }, attrs, backend }: Call<"x" | "dy">): tf.TensorInfo {
  const { filterShape, strides, pad } = attrs;
  const info = tf.backend_util.computeConv2DInfo(x.shape as Shape4D, filterShape, strides, 1, pad);
  const out = backend.makeOutput(filterShape, "float32");
  const [image, upstream, sums] = [x, dy, out].map((each) => backend.typedArrayFromHeap(each)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  sums.fill(0);
  const { batchSize, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info;
  for (let b = 0; b < batchSize; b++)
    for (let r = 0; r < outHeight; r++)
      for (let q = 0; q < outWidth; q++) {
        const place = ((b * outHeight + r) * outWidth + q) * info.outChannels;
        for (let i = 0; i < filterHeight; i++)
          for (let j = 0; j < filterWidth; j++) {
            const [row, column] = [r * strides + i - padInfo.top, q * strides + j - padInfo.left];
            if (row < 0 || row >= info.inHeight || column < 0 || column >= info.inWidth) continue;
            const pixel = ((b * info.inHeight + row) * info.inWidth + column) * info.inChannels;
            const tap = (i * filterWidth + j) * info.inChannels;
            for (let c = 0; c < info.inChannels; c++) {
              const factor = image[pixel + c]!;
              const to = (tap + c) * info.outChannels;
              for (let k = 0; k < info.outChannels; k++) sums[to + k]! += factor * upstream[place + k]!;
            }
          }
      }
  return out;
}

/** x [n, …], segmentIds [n] → [numSegments, …] */
function segmentSum({ inputs: { x, segmentIds }, attrs, backend }: Call<"x" | "segmentIds">): tf.TensorInfo {
  const out = backend.makeOutput([attrs.numSegments, ...x.shape.slice(segmentIds.shape.length)], x.dtype);
  const [values, ids, sums] = [x, segmentIds, out].map((each) => backend.typedArrayFromHeap(each)) as [
    Float32Array,
    Int32Array,
    Float32Array,
  ];
  sums.fill(0);
  const n = values.length / ids.length;
  for (let i = 0; i < ids.length; i++) for (let j = 0; j < n; j++) sums[ids[i]! * n + j]! += values[i * n + j]!;
  return out;
}

import { filterGradientPath, forwardPath, inputGradientPath } from "@course/kernels";
import type { Part } from "./benchmark.ts";

/** A tensor: noise, or whole numbers below `below`. */
export interface CaseTensor {
  readonly shape: readonly number[];
  readonly below?: number;
}

/** One kernel of TensorFlow.js on inputs of noise; `peers/kernel.py` has the same in PyTorch. */
export interface KernelCase extends Part {
  /** TensorFlow.js's name, or LSTMCell: one step of the layer. */
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, CaseTensor>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Convolution {
  readonly name: string;
  readonly batch: number;
  readonly size: number;
  readonly filter: number;
  readonly channels: number;
  readonly outChannels: number;
  readonly stride?: number;
}

/** Forward and both gradients; with a stride the filter stays inside the image, else the size is kept. */
function convolution({ name, batch, size, filter, channels, outChannels, stride = 1 }: Convolution): KernelCase[] {
  const out = stride === 1 ? size : Math.floor((size - filter) / stride) + 1;
  const pad = stride === 1 ? (filter - 1) / 2 : 0;
  const shape = {
    ...{ batch, height: size, width: size, channels, outHeight: out, outWidth: out, outChannels },
    ...{ filterHeight: filter, filterWidth: filter, strideHeight: stride, strideWidth: stride },
    ...{ dilationHeight: 1, dilationWidth: 1, padTop: pad, padLeft: pad },
  };
  const x = { shape: [batch, size, size, channels] };
  const w = { shape: [filter, filter, channels, outChannels] };
  const dy = { shape: [batch, out, out, outChannels] };
  const steps = { strides: stride, pad: stride === 1 ? "same" : "valid", dataFormat: "NHWC", dilations: 1 };
  const step = stride === 1 ? "" : `, stride ${stride}`;
  const about = `conv ${filter}×${filter}${step}, ${channels} → ${outChannels} on ${size}×${size}, batch ${batch}`;
  const operations = 2 * batch * out * out * filter * filter * channels * outChannels;
  const one = (pass: string, path: string, rest: Pick<KernelCase, "kernel" | "inputs" | "attributes">): KernelCase => ({
    ...{ name: `${name} ${pass}`, about: `${about}; our path: ${path}`, operations },
    ...rest,
  });
  return [
    one("forward", forwardPath(shape), { kernel: "Conv2D", inputs: { x, filter: w }, attributes: steps }),
    one("to input", inputGradientPath(shape), {
      ...{ kernel: "Conv2DBackpropInput", inputs: { dy, filter: w } },
      attributes: { ...steps, inputShape: x.shape },
    }),
    one("to filter", filterGradientPath(shape), {
      ...{ kernel: "Conv2DBackpropFilter", inputs: { x, dy } },
      attributes: { ...steps, filterShape: w.shape },
    }),
  ];
}

const IMAGE = { shape: [64, 28, 28, 32] };
const POOLED = { shape: [64, 14, 14, 32] };
const DEPTHWISE = { shape: [3, 3, 32, 1] };
const POOLING = { filterSize: 2, strides: 2, pad: "valid" };
const DEPTHWISE_STEPS = { strides: 1, pad: "same", dilations: 1 };

function simple(name: string, kernel: string, rest: Pick<KernelCase, "about" | "inputs" | "attributes">): KernelCase {
  return { name, kernel, ...rest };
}

const ON_IMAGE = "on [64, 28, 28, 32]";
export const KERNEL_CASES: readonly KernelCase[] = [
  ...convolution({ name: "conv5", batch: 64, size: 14, filter: 5, channels: 32, outChannels: 64 }),
  ...convolution({ name: "conv3", batch: 16, size: 16, filter: 3, channels: 64, outChannels: 64 }),
  ...convolution({ name: "conv3/2", batch: 16, size: 17, filter: 3, channels: 64, outChannels: 128, stride: 2 }),
  ...convolution({ name: "conv1", batch: 16, size: 14, filter: 1, channels: 64, outChannels: 256 }),
  simple("depthwise forward", "DepthwiseConv2dNative", {
    about: `depthwise 3×3 ${ON_IMAGE}`,
    inputs: { x: IMAGE, filter: DEPTHWISE },
    attributes: DEPTHWISE_STEPS,
  }),
  simple("depthwise to input", "DepthwiseConv2dNativeBackpropInput", {
    about: `depthwise 3×3 ${ON_IMAGE}`,
    inputs: { dy: IMAGE, filter: DEPTHWISE },
    attributes: { ...DEPTHWISE_STEPS, inputShape: IMAGE.shape },
  }),
  simple("depthwise to filter", "DepthwiseConv2dNativeBackpropFilter", {
    about: `depthwise 3×3 ${ON_IMAGE}`,
    inputs: { x: IMAGE, dy: IMAGE },
    attributes: { ...DEPTHWISE_STEPS, filterShape: DEPTHWISE.shape },
  }),
  simple("max pool", "MaxPool", { about: `2×2 ${ON_IMAGE}`, inputs: { x: IMAGE }, attributes: POOLING }),
  simple("max pool gradient", "MaxPoolGrad", {
    about: `2×2 ${ON_IMAGE}`,
    inputs: { dy: POOLED, input: IMAGE, output: POOLED },
    attributes: POOLING,
  }),
  simple("softmax", "Softmax", {
    about: "rows of [4096, 64]",
    inputs: { logits: { shape: [4096, 64] } },
    attributes: { dim: 1 },
  }),
  simple("tanh", "Tanh", { about: "of [64, 4096]", inputs: { x: { shape: [64, 4096] } }, attributes: {} }),
  simple("sum of rows", "Sum", {
    about: "over the first axis of [12544, 64]",
    inputs: { x: { shape: [12544, 64] } },
    attributes: { axis: 0, keepDims: false },
  }),
  simple("gather", "GatherV2", {
    about: "4096 rows of [5000, 100]",
    inputs: { x: { shape: [5000, 100] }, indices: { shape: [4096], below: 5000 } },
    attributes: { axis: 0, batchDims: 0 },
  }),
  simple("segment sum", "UnsortedSegmentSum", {
    about: "4096 rows into [5000, 100]: the gradient of gather",
    inputs: { x: { shape: [4096, 100] }, segmentIds: { shape: [4096], below: 5000 } },
    attributes: { numSegments: 5000 },
  }),
  simple("LSTM cell", "LSTMCell", {
    about: "one step of an LSTM layer, 64 → 128, batch 64, forward",
    inputs: { x: { shape: [64, 1, 64] } },
    attributes: { units: 128 },
  }),
];

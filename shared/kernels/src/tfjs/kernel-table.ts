import * as convolution from "./convolution.ts";
import * as copies from "./copies.ts";
import * as depthwise from "./depthwise.ts";
import { einsum } from "./einsum.ts";
import * as elementwise from "./elementwise.ts";
import { cast, identity, transpose } from "./identity.ts";
import { clipByValue, maximum, minimum, relu6 } from "./limits.ts";
import { batchMatMul, fusedMatMul } from "./mat-mul.ts";
import * as pooling from "./pooling.ts";
import { argMaxKernel, maxGradientKernel, softmaxKernel, sumKernel } from "./reduce.ts";
import { gatherKernel, unsortedSegmentSum } from "./rows.ts";
import type { KernelBuilder } from "./training-kernel.ts";

/** The kernels that are ours, by TensorFlow.js's names. */
export const KERNELS: Readonly<Record<string, KernelBuilder>> = {
  Add: elementwise.addKernel,
  ArgMax: argMaxKernel,
  AvgPool: pooling.averagePoolKernel,
  AvgPoolGrad: pooling.averagePoolGradientKernel,
  BatchMatMul: batchMatMul,
  Cast: cast,
  ClipByValue: clipByValue,
  Concat: copies.concatKernel,
  Conv2D: convolution.conv2dKernel,
  Conv2DBackpropFilter: convolution.conv2dBackpropFilterKernel,
  Conv2DBackpropInput: convolution.conv2dBackpropInputKernel,
  DepthwiseConv2dNative: depthwise.depthwiseKernel,
  DepthwiseConv2dNativeBackpropFilter: depthwise.depthwiseFilterGradientKernel,
  DepthwiseConv2dNativeBackpropInput: depthwise.depthwiseInputGradientKernel,
  Einsum: einsum,
  Exp: elementwise.expKernel,
  FusedConv2D: convolution.fusedConv2dKernel,
  FusedDepthwiseConv2D: depthwise.fusedDepthwiseKernel,
  GatherV2: gatherKernel,
  Identity: identity,
  MaxGradient: maxGradientKernel,
  MaxPool: pooling.maxPoolKernel,
  MaxPoolGrad: pooling.maxPoolGradientKernel,
  Maximum: maximum,
  Minimum: minimum,
  Relu: elementwise.reluKernel,
  Relu6: relu6,
  ReluGradient: elementwise.reluGradientKernel, // called by our gradients
  Reverse: copies.reverseKernel,
  Sigmoid: elementwise.sigmoidKernel,
  SigmoidGradient: elementwise.sigmoidGradientKernel,
  Slice: copies.sliceKernel,
  Softmax: softmaxKernel,
  SplitV: copies.splitKernel,
  Sum: sumKernel,
  Tanh: elementwise.tanhKernel,
  TanhGradient: elementwise.tanhGradientKernel,
  Transpose: transpose,
  UnsortedSegmentSum: unsortedSegmentSum,
  _FusedMatMul: fusedMatMul,
};

import { layers, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { batchNormalization } from "./batch-normalization.ts";

export type NormalizedConvolutionArgs = Pick<
  Parameters<typeof layers.conv2d>[0],
  "filters" | "kernelSize" | "strides" | "padding" | "kernelInitializer"
> & {
  /** Share of the old moving averages that batch norm keeps at each step. */
  readonly momentum?: number;
};

/**
 * A convolution, then batch norm, without an activation: what residual networks are made of (He et al.,
 * 2016). The convolution has no bias, since batch norm adds one. Stride 1 and padding "same" by default.
 *
 * @param x [batch, height, width, channels] → [batch, ⌈height / stride⌉, ⌈width / stride⌉, filters] with "same"
 */
export function normalizedConvolution(
  x: SymbolicTensor,
  { momentum, strides = 1, padding = "same", ...args }: NormalizedConvolutionArgs,
): SymbolicTensor {
  const y = layers.conv2d({ ...args, strides, padding, useBias: false }).apply(x);
  return batchNormalization(momentum === undefined ? {} : { momentum }).apply(y) as SymbolicTensor;
}

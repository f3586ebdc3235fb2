import type { TensorInfo } from "@tensorflow/tfjs-core";
import { conv2d, conv2dInputGradient } from "../convolution.ts";
import { conv2dFilterGradient } from "../convolution-filter.ts";
import { activate, type FusedAttributes } from "./activate.ts";
import { convolutionInfo, shapeOf } from "./convolution-info.ts";
import type { KernelCall, Site } from "./site.ts";
import type { KernelBuilder, Tfjs } from "./training-kernel.ts";

/** x [batch, height, width, channels], W [filterHeight, filterWidth, channels, filters] → y */
export const conv2dKernel: KernelBuilder = (tf) => (site, call) => convolve(tf, site, call);

/** Convolution, plus a bias that broadcasts to it, through an activation. */
export const fusedConv2dKernel: KernelBuilder = (tf) => (site, call) =>
  activate(site, convolve(tf, site, call), call.inputs, call.attrs as unknown as FusedAttributes);

function convolve(tf: Tfjs, site: Site, { inputs, attrs }: KernelCall): TensorInfo {
  const { x, filter } = inputs as { x: TensorInfo; filter: TensorInfo };
  const info = convolutionInfo(tf, [x.shape, filter.shape], attrs!);
  const out = site.output(info.outShape);
  const [image, weights, y] = [x, filter, out].map(site.address) as [number, number, number];
  conv2d(site.engine, { shape: shapeOf(info), x: image, filter: weights, y });
  return out;
}

/** x, dy [batch, outHeight, outWidth, filters] → dW [filterHeight, filterWidth, channels, filters] */
export const conv2dBackpropFilterKernel: KernelBuilder =
  (tf) =>
  (site, { inputs, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const filterShape = attrs!.filterShape as number[];
    const shape = shapeOf(convolutionInfo(tf, [x.shape, filterShape], attrs!));
    const out = site.output(filterShape);
    const addresses = { x: site.address(x), dy: site.address(dy), dFilter: site.address(out) };
    conv2dFilterGradient(site.engine, { shape, ...addresses });
    return out;
  };

/** dy [batch, outHeight, outWidth, filters], W → dx [batch, height, width, channels] */
export const conv2dBackpropInputKernel: KernelBuilder = (tf) => (site, call, stock) => {
  const { dy, filter } = call.inputs as { dy: TensorInfo; filter: TensorInfo };
  const inputShape = call.attrs!.inputShape as number[];
  const shape = shapeOf(convolutionInfo(tf, [inputShape, filter.shape], call.attrs!));
  // conv2dTranspose accepts an input larger than what its output's convolution would give, and reads a part of it.
  if (dy.shape[1] !== shape.outHeight || dy.shape[2] !== shape.outWidth) return stock(call);
  const out = site.output(inputShape);
  const addresses = { dy: site.address(dy), filter: site.address(filter), dx: site.address(out) };
  conv2dInputGradient(site.engine, { shape, ...addresses });
  return out;
};

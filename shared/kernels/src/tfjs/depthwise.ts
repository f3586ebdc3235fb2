import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type DepthwiseShape, depthwise, depthwiseFilterGradient, depthwiseInputGradient } from "../depthwise.ts";
import { activate, type FusedAttributes } from "./activate.ts";
import { convolutionInfo, windowOf } from "./convolution-info.ts";
import type { KernelCall, Site } from "./site.ts";
import type { KernelBuilder, Tfjs } from "./training-kernel.ts";

/** x [batch, height, width, channels], W [filterHeight, filterWidth, channels, m] → y [batch, outHeight, outWidth, channels·m] */
export const depthwiseKernel: KernelBuilder = (tf) => (site, call) => convolve(tf, site, call);

/** Depthwise convolution, plus a bias that broadcasts to it, through an activation. */
export const fusedDepthwiseKernel: KernelBuilder = (tf) => (site, call) =>
  activate(site, convolve(tf, site, call), call.inputs, call.attrs as unknown as FusedAttributes);

function convolve(tf: Tfjs, site: Site, { inputs, attrs }: KernelCall): TensorInfo {
  const { x, filter } = inputs as { x: TensorInfo; filter: TensorInfo };
  const info = convolutionInfo(tf, [x.shape, filter.shape], attrs!, true);
  const out = site.output(info.outShape);
  const addresses = { x: site.address(x), filter: site.address(filter), y: site.address(out) };
  depthwise(site.engine, { shape: shapeOf(info), ...addresses });
  return out;
}

/** x, dy [batch, outHeight, outWidth, channels·m] → dW [filterHeight, filterWidth, channels, m] */
export const depthwiseFilterGradientKernel: KernelBuilder =
  (tf) =>
  (site, { inputs, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const filterShape = attrs!.filterShape as number[];
    const shape = shapeOf(convolutionInfo(tf, [x.shape, filterShape], attrs!, true));
    const out = site.output(filterShape);
    const addresses = { x: site.address(x), dy: site.address(dy), dFilter: site.address(out) };
    depthwiseFilterGradient(site.engine, { shape, ...addresses });
    return out;
  };

/** dy [batch, outHeight, outWidth, channels·m], W → dx [batch, height, width, channels] */
export const depthwiseInputGradientKernel: KernelBuilder =
  (tf) =>
  (site, { inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const inputShape = attrs!.inputShape as number[];
    const shape = shapeOf(convolutionInfo(tf, [inputShape, filter.shape], attrs!, true));
    const out = site.output(inputShape);
    const addresses = { dy: site.address(dy), filter: site.address(filter), dx: site.address(out) };
    depthwiseInputGradient(site.engine, { shape, ...addresses });
    return out;
  };

function shapeOf(info: ReturnType<typeof convolutionInfo>): DepthwiseShape {
  return { ...windowOf(info), multiplier: info.outChannels / info.inChannels };
}

import type { NamedAttrMap } from "@tensorflow/tfjs-core";
import type { ConvolutionShape, WindowShape } from "../convolution-shape.ts";
import type { Tfjs } from "./training-kernel.ts";

/** What TensorFlow.js knows of a convolution over images [batch, height, width, channels]. */
export type ConvolutionInfo = ReturnType<Tfjs["backend_util"]["computeConv2DInfo"]>;

type Shape4D = [number, number, number, number];
type Shapes = readonly [x: readonly number[], filter: readonly number[]];

/** The sizes that follow from a kernel's attributes; the gradients of TensorFlow.js 4 carry no dilations. */
export function convolutionInfo(
  { backend_util }: Tfjs,
  [x, filter]: Shapes,
  attrs: NamedAttrMap,
  isDepthwise = false,
): ConvolutionInfo {
  type Options = Parameters<typeof backend_util.computeConv2DInfo>;
  const format = backend_util.convertConv2DDataFormat((attrs.dataFormat as "NHWC" | undefined) ?? "NHWC");
  if (format !== "channelsLast") throw new Error(`wasm backend: expected images as NHWC, received ${attrs.dataFormat}`);
  return backend_util.computeConv2DInfo(
    x as Shape4D,
    filter as Shape4D,
    attrs.strides as Options[2],
    (attrs.dilations as Options[3] | undefined) ?? 1,
    attrs.pad as Options[4],
    attrs.dimRoundingMode as Options[5],
    isDepthwise,
    format,
  );
}

/** The windows of a convolution or pooling in our kernels' words. */
export function windowOf(info: ConvolutionInfo): WindowShape {
  return {
    batch: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}

/** The sizes of a convolution in our kernels' words. */
export function shapeOf(info: ConvolutionInfo): ConvolutionShape {
  return { ...windowOf(info), outChannels: info.outChannels };
}

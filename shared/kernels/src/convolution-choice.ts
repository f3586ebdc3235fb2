import { turned } from "./convolution-paths.ts";
import { type ConvolutionShape, isPointwise, placesOf } from "./convolution-shape.ts";
import { isWinograd } from "./winograd.ts";

/**
 * How a convolution is computed: as one matrix product; by Winograd's method, with fewer
 * multiplications; directly, by tiles of places × channels that read the image where it lies; or
 * folded, by what each place adds to its window.
 */
export type ConvolutionPath = "matrix product" | "Winograd" | "direct" | "folded";

export function forwardPath(shape: ConvolutionShape): ConvolutionPath {
  const { filterHeight, filterWidth, channels, outChannels } = shape;
  if (filterHeight * filterWidth * channels === 0 || isPointwise(shape)) return "matrix product";
  if (isWinograd(shape)) return "Winograd";
  return isNarrow(shape, outChannels, channels) ? "folded" : "direct";
}

export function inputGradientPath(shape: ConvolutionShape): ConvolutionPath {
  const { filterHeight, filterWidth, channels, outChannels } = shape;
  const isEmpty = placesOf(shape) * outChannels * filterHeight * filterWidth === 0;
  if (isEmpty || isPointwise(shape)) return "matrix product";
  if (isWinograd(turned(shape))) return "Winograd";
  return isDense(shape) && !isNarrow(shape, channels, outChannels) ? "direct" : "folded";
}

export function filterGradientPath(shape: ConvolutionShape): ConvolutionPath {
  if (placesOf(shape) === 0 || isPointwise(shape)) return "matrix product";
  return isWinograd(shape) ? "Winograd" : "direct";
}

/**
 * Too few channels out of the pass to fill a tile: then it is faster to compute what each pixel adds
 * to the windows around it, which are many columns, and to add that up where it lies.
 */
function isNarrow(shape: ConvolutionShape, outChannels: number, channels: number): boolean {
  return isDense(shape) && outChannels <= 4 && channels >= 8;
}

function isDense({ strideHeight, strideWidth }: ConvolutionShape): boolean {
  return strideHeight === 1 && strideWidth === 1;
}

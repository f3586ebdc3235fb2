/**
 * Windows [filterHeight, filterWidth] over images [batch, height, width, channels]. Place (r, q) of
 * the output [batch, outHeight, outWidth, …] sees the input from (r·strideHeight − padTop,
 * q·strideWidth − padLeft), every dilationHeight-th row and dilationWidth-th column.
 */
export interface WindowShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/**
 * A convolution with a filter [filterHeight, filterWidth, channels, outChannels] to [batch, outHeight,
 * outWidth, outChannels]; outside the image it sees zeros.
 */
export interface ConvolutionShape extends WindowShape {
  readonly outChannels: number;
}

/** Bytes of input that a band of rows should read at most: a part of the second-level cache. */
export const BAND_BYTES = 1 << 18;
/** Zeros, a tile and alignment at the start of a thread's scratch memory. */
export const TILE_BYTES = 2048;

/** Rows and columns of the input that the output's windows reach. */
export function reach(shape: WindowShape): { readonly height: number; readonly width: number } {
  return {
    height: (shape.outHeight - 1) * shape.strideHeight + (shape.filterHeight - 1) * shape.dilationHeight + 1,
    width: (shape.outWidth - 1) * shape.strideWidth + (shape.filterWidth - 1) * shape.dilationWidth + 1,
  };
}

/** Pixels of the output. */
export const placesOf = ({ batch, outHeight, outWidth }: WindowShape): number => batch * outHeight * outWidth;

/** A 1×1 filter that sees every pixel once: a matrix product over the pixels. */
export function isPointwise(shape: ConvolutionShape): boolean {
  const isSingle = shape.filterHeight === 1 && shape.filterWidth === 1 && shape.padTop === 0 && shape.padLeft === 0;
  const isEvery = shape.strideHeight === 1 && shape.strideWidth === 1;
  return isSingle && isEvery && shape.height === shape.outHeight && shape.width === shape.outWidth;
}

/** Sizes, as the operations on windows take them. */
export function sizesOf(shape: WindowShape): readonly [number, number, number, number, number, number, number] {
  const { height, width, channels, filterHeight, filterWidth, outHeight, outWidth } = shape;
  return [height, width, channels, filterHeight, filterWidth, outHeight, outWidth];
}

/** Strides, dilations and paddings, as the operations on windows take them. */
export function stepsOf(shape: WindowShape): readonly [number, number, number, number, number, number] {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, padTop, padLeft } = shape;
  return [strideHeight, strideWidth, dilationHeight, dilationWidth, padTop, padLeft];
}

import fc from "fast-check";
import type { ConvolutionShape, WindowShape } from "../src/convolution-shape.ts";

/**
 * Calls `visit` for every product in a convolution, with the offsets of the pixel's channel 0 in x, of
 * the tap's channel 0 in the filter (in taps) and of the place's channel 0 in y. Places outside the image are left out.
 */
export function visitTaps(shape: WindowShape, visit: (pixel: number, tap: number, place: number) => void): void {
  for (let n = 0; n < shape.batch; n++)
    for (let r = 0; r < shape.outHeight; r++)
      for (let q = 0; q < shape.outWidth; q++)
        for (let i = 0; i < shape.filterHeight; i++)
          for (let j = 0; j < shape.filterWidth; j++) {
            const row = r * shape.strideHeight + i * shape.dilationHeight - shape.padTop;
            const column = q * shape.strideWidth + j * shape.dilationWidth - shape.padLeft;
            if (row < 0 || row >= shape.height || column < 0 || column >= shape.width) continue;
            visit(
              (n * shape.height + row) * shape.width + column,
              i * shape.filterWidth + j,
              (n * shape.outHeight + r) * shape.outWidth + q,
            );
          }
}

/** Any sizes, strides, dilations and paddings, small enough for plain loops. */
export const anyShape: fc.Arbitrary<ConvolutionShape> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 12 }),
    width: fc.integer({ min: 1, max: 12 }),
    channels: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(8, 17)),
    outChannels: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 19, 33)),
    filterHeight: fc.integer({ min: 1, max: 5 }),
    filterWidth: fc.integer({ min: 1, max: 5 }),
    strideHeight: fc.integer({ min: 1, max: 3 }),
    strideWidth: fc.integer({ min: 1, max: 3 }),
    dilationHeight: fc.integer({ min: 1, max: 2 }),
    dilationWidth: fc.integer({ min: 1, max: 2 }),
    padTop: fc.integer({ min: 0, max: 3 }),
    padLeft: fc.integer({ min: 0, max: 3 }),
    padBottom: fc.integer({ min: 0, max: 3 }),
    padRight: fc.integer({ min: 0, max: 3 }),
    isPlain: fc.boolean(),
  })
  .map(({ padBottom, padRight, isPlain, ...shape }) => {
    const plain = { strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 };
    const given = isPlain ? { ...shape, ...plain } : shape;
    const places = (size: number, pads: number, filter: number, dilation: number, stride: number) =>
      Math.floor((size + pads - (filter - 1) * dilation - 1) / stride) + 1;
    const { height, width, padTop, padLeft, filterHeight, filterWidth } = given;
    return {
      ...given,
      outHeight: places(height, padTop + padBottom, filterHeight, given.dilationHeight, given.strideHeight),
      outWidth: places(width, padLeft + padRight, filterWidth, given.dilationWidth, given.strideWidth),
    };
  })
  .filter(({ outHeight, outWidth }) => outHeight > 0 && outWidth > 0);

/** Numbers in x, filter and y. */
export function lengthsOf(shape: ConvolutionShape): { x: number; filter: number; y: number } {
  const { batch, height, width, channels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = shape;
  return {
    x: batch * height * width * channels,
    filter: filterHeight * filterWidth * channels * outChannels,
    y: batch * outHeight * outWidth * outChannels,
  };
}

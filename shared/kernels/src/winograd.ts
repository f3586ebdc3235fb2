import type { Conv2d, Conv2dInputGradient } from "./convolution-options.ts";
import { turned } from "./convolution-paths.ts";
import type { ConvolutionShape } from "./convolution-shape.ts";
import type { Engine } from "./engine.ts";

/** Places of a tile of the input, 6×6. */
export const PLACES = 36;
/** Before the data in a thread's scratch memory: see assembly/winograd.ts. */
export const SCRATCH_BYTES = 4096;
/** Columns of the widest panel. */
const MOST_COLUMNS = 16;
/** Tiles that are worked on at a time, so that they stay in the second-level cache. */
const TILES_AT_A_TIME = 96;
/** Multiplications that must be saved to pay for the transforms. */
const MINIMUM_SAVING = 1.6;

/** Tiles of the output; a filter of k leaves 7 − k rows and columns of a tile. */
export function tilesOf({ filterHeight, outHeight, outWidth }: ConvolutionShape): { down: number; across: number } {
  const size = 7 - filterHeight;
  return { down: Math.ceil(outHeight / size), across: Math.ceil(outWidth / size) };
}

/**
 * Whether a convolution, or the gradient to its input, is computed by Winograd's method: filters of
 * 3×3 and 5×5 at stride 1, whole vectors of channels, and an image large enough. The batch does not
 * count, so that an image has the same result in every batch.
 */
export function isWinograd(shape: ConvolutionShape): boolean {
  const { filterHeight: k, filterWidth, channels, outChannels, outHeight, outWidth } = shape;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = shape;
  const isPlain = strideHeight === 1 && strideWidth === 1 && dilationHeight === 1 && dilationWidth === 1;
  const isSquare = k === filterWidth && (k === 3 || k === 5);
  const isWhole = channels > 0 && outChannels > 0 && channels % 16 === 0 && outChannels % 16 === 0;
  if (!isPlain || !isSquare || !isWhole) return false;
  const { down, across } = tilesOf(shape);
  return PLACES * down * across * MINIMUM_SAVING <= outHeight * outWidth * k * k;
}

/** Forward; the error is that of direct sums times about ten (tested). */
export function convolveWinograd(engine: Engine, options: Conv2d): void {
  const { channels, outChannels } = options.shape;
  const filter = engine.workspace(4 * PLACES * channels * outChannels);
  transformFilter(engine, options.shape, options.filter, filter);
  run(engine, options, filter);
}

/** dx: the convolution of dy with the filter turned round. */
export function turnedWinograd(engine: Engine, { shape, dy, filter, dx }: Conv2dInputGradient): void {
  const { filterHeight: k, channels, outChannels } = shape;
  const places = 4 * PLACES * channels * outChannels;
  const transformed = engine.workspace(places + 4 * k * k * channels * outChannels);
  const turnedFilter = transformed + places;
  engine.run("turnFilter", [filter, k * k, channels, outChannels, turnedFilter], { total: k * k, grain: k * k });
  const back = turned(shape);
  transformFilter(engine, back, turnedFilter, transformed);
  run(engine, { shape: back, x: dy, y: dx }, transformed);
}

function transformFilter(engine: Engine, shape: ConvolutionShape, from: number, to: number): void {
  const { filterHeight, channels, outChannels } = shape;
  engine.run("winogradFilter", [from, filterHeight, channels, outChannels, to], { total: channels, grain: 8 });
}

/** @param filter transformed. */
function run(engine: Engine, options: Omit<Conv2d, "filter">, filter: number): void {
  const { shape, x, bias = 0, y, relu = false } = options;
  const { batch, height, width, channels, filterHeight: k, outHeight, outWidth, outChannels } = shape;
  const { down, across } = tilesOf(shape);
  const group = Math.min(batch, Math.max(1, Math.floor(TILES_AT_A_TIME / (down * across))));
  const bandRows = Math.min(down, Math.max(1, Math.floor(TILES_AT_A_TIME / across)));
  const size = 7 - k;
  const cut = (bandRows * size + k - 1) * (across * size + k - 1) * channels;
  const places = PLACES * group * bandRows * across;
  engine.run(
    "winograd",
    [
      ...([x, filter, bias, y, height, width, channels, k, outHeight, outWidth, outChannels] as const),
      ...([shape.padTop, shape.padLeft, bandRows, group, batch, +relu] as const),
    ],
    {
      total: Math.ceil(batch / group) * Math.ceil(down / bandRows),
      grain: 1,
      scratch: SCRATCH_BYTES + 4 * (cut + places * (channels + MOST_COLUMNS)),
    },
  );
}

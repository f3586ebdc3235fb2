import { placesOf, reach, sizesOf, stepsOf, TILE_BYTES, type WindowShape } from "./convolution-shape.ts";
import type { Engine } from "./engine.ts";

/**
 * A convolution of each channel with its own `multiplier` filters: filter [filterHeight, filterWidth,
 * channels, multiplier], output [batch, outHeight, outWidth, channels·multiplier]. Paddings ≥ 0.
 */
export interface DepthwiseShape extends WindowShape {
  readonly multiplier: number;
}

/** Channels that are treated together. */
const BLOCK = 8;
const blocksOf = ({ channels }: WindowShape): number => Math.ceil(channels / BLOCK);
/** Bytes of so many places of a block of channels. */
const blockBytes = (places: number): number => 4 * BLOCK * places;

export interface Depthwise {
  readonly shape: DepthwiseShape;
  readonly x: number;
  readonly filter: number;
  readonly y: number;
}

/** y = each channel of x under its own filters. */
export function depthwise(engine: Engine, { shape, x, filter, y }: Depthwise): void {
  const cut = reach(shape);
  if (placesOf(shape) === 0) return;
  engine.run("depthwise", [x, filter, y, ...sizesOf(shape), shape.multiplier, ...stepsOf(shape)], {
    total: shape.batch * blocksOf(shape),
    grain: 1,
    scratch: TILE_BYTES + blockBytes(shape.filterHeight * shape.filterWidth + cut.height * cut.width),
  });
}

export interface DepthwiseInputGradient {
  readonly shape: DepthwiseShape;
  readonly dy: number;
  readonly filter: number;
  readonly dx: number;
}

/** dx of depthwise. */
export function depthwiseInputGradient(engine: Engine, { shape, dy, filter, dx }: DepthwiseInputGradient): void {
  const cut = reach(shape);
  const [height, width] = [
    Math.max(cut.height, shape.height + shape.padTop),
    Math.max(cut.width, shape.width + shape.padLeft),
  ];
  engine.run("depthwiseInput", [dy, filter, dx, ...sizesOf(shape), shape.multiplier, ...stepsOf(shape)], {
    total: shape.height * shape.width === 0 ? 0 : shape.batch * blocksOf(shape),
    grain: 1,
    scratch: TILE_BYTES + blockBytes(shape.filterHeight * shape.filterWidth + height * width),
  });
}

export interface DepthwiseFilterGradient {
  readonly shape: DepthwiseShape;
  readonly x: number;
  readonly dy: number;
  readonly dFilter: number;
}

/** dFilter of depthwise. */
export function depthwiseFilterGradient(engine: Engine, { shape, x, dy, dFilter }: DepthwiseFilterGradient): void {
  const cut = reach(shape);
  const taps = shape.filterHeight * shape.filterWidth * shape.multiplier;
  const images = shape.outHeight * shape.outWidth === 0 ? 0 : shape.batch;
  engine.run("depthwiseFilter", [x, dy, dFilter, images, ...sizesOf(shape), shape.multiplier, ...stepsOf(shape)], {
    total: blocksOf(shape),
    grain: 1,
    scratch: TILE_BYTES + blockBytes(taps + shape.outWidth + cut.height * cut.width),
  });
}

import type { Conv2dFilterGradient } from "./convolution-options.ts";
import type { Engine } from "./engine.ts";
import { PLACES, SCRATCH_BYTES, tilesOf } from "./winograd.ts";

/** Bytes of transformed tiles at a time: they stay in the caches. */
const CHUNK_BYTES = 3 << 19;
/** … but so many tiles at least, because the sums are read and written for each chunk. */
const MINIMUM_TILES = 64;

/**
 * dFilter by Winograd's method: tiles of x and of dy are transformed, multiplied place by place,
 * summed over all tiles, and transformed to the filter.
 */
export function winogradFilterGradient(engine: Engine, { shape, x, dy, dFilter }: Conv2dFilterGradient): void {
  const { batch, height, width, channels, filterHeight: k, outHeight, outWidth, outChannels } = shape;
  const { down, across } = tilesOf(shape);
  const imageFloats = PLACES * down * across * (channels + outChannels);
  const inCache = Math.floor(CHUNK_BYTES / 4 / imageFloats);
  const chunk = Math.min(batch, Math.max(inCache, Math.ceil(MINIMUM_TILES / (down * across))));
  const sumBytes = 4 * PLACES * channels * outChannels;
  const sums = engine.workspace(sumBytes + 4 * chunk * imageFloats);
  const places = sums + sumBytes;
  const panels = places + 4 * chunk * PLACES * down * across * channels;
  const size = 7 - k;
  const cut = (down * size + k - 1) * (across * size + k - 1) * Math.max(channels, outChannels);
  for (let first = 0; first < batch; first += chunk) {
    const images = Math.min(chunk, batch - first);
    const from = [
      x + 4 * first * height * width * channels,
      dy + 4 * first * outHeight * outWidth * outChannels,
    ] as const;
    const sizes = [height, width, channels, k, outHeight, outWidth, outChannels, shape.padTop, shape.padLeft] as const;
    engine.run("winogradPlaces", [...from, places, panels, ...sizes, images], {
      total: images,
      grain: 1,
      scratch: SCRATCH_BYTES + 4 * cut,
    });
    const tiles = images * down * across;
    engine.run("winogradSums", [places, panels, sums, tiles, channels, outChannels, +(first > 0)], {
      total: PLACES,
      grain: 3,
      scratch: SCRATCH_BYTES + 4 * channels,
    });
  }
  engine.run("winogradBack", [sums, dFilter, k, channels, outChannels], { total: channels, grain: 4 });
}

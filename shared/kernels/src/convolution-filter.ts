import { filterGradientPath } from "./convolution-choice.ts";
import type { Conv2dFilterGradient } from "./convolution-options.ts";
import { placesOf, reach, TILE_BYTES } from "./convolution-shape.ts";
import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { panelLength } from "./panels.ts";
import { winogradFilterGradient } from "./winograd-gradient.ts";

/** Places that are summed before they are added to the rest. */
const BLOCK_PLACES = 512;
/** Bytes of input and dy that are rearranged at a time. */
const CHUNK_BYTES = 1 << 20;

/**
 * dFilter of conv2d: Σ over places of window·dy. Direct for every stride, dilation and padding: with x
 * as planes [channels, height, width], a row of the sum reads x along its rows.
 */
export function conv2dFilterGradient(engine: Engine, options: Conv2dFilterGradient): void {
  const { shape, x, dy, dFilter } = options;
  const { channels, outChannels: n } = shape;
  const terms = shape.filterHeight * shape.filterWidth * channels;
  const places = placesOf(shape);
  if (terms * n === 0) return;
  const path = filterGradientPath(shape);
  if (path === "Winograd") {
    winogradFilterGradient(engine, options);
    return;
  }
  if (path === "matrix product") {
    const strides = { aRow: 1, aColumn: channels, bRow: n, bColumn: 1, cRow: n };
    gemm(engine, { m: terms, n, k: places, a: x, b: dy, c: dFilter, ...strides });
    return;
  }
  sumOverImages(engine, options);
}

function sumOverImages(engine: Engine, { shape, x, dy, dFilter }: Conv2dFilterGradient): void {
  const { batch, height, width, channels, filterHeight, filterWidth, outHeight, outWidth, outChannels } = shape;
  const places = outHeight * outWidth;
  const plane = reach(shape);
  const planeBytes = 4 * channels * plane.height * plane.width;
  const imageBytes = planeBytes + 4 * panelLength(places, outChannels);
  const group = Math.min(batch, Math.max(1, Math.floor(BLOCK_PLACES / places)));
  const blockRuns = Math.max(1, Math.floor(BLOCK_PLACES / outWidth));
  const chunk = Math.min(batch, Math.max(1, Math.floor(CHUNK_BYTES / imageBytes / group)) * group);
  const planes = engine.workspace(chunk * imageBytes);
  const panels = planes + chunk * planeBytes;
  const rows = filterHeight * filterWidth * channels;
  for (let first = 0; first < batch; first += chunk) {
    const images = Math.min(chunk, batch - first);
    const from = [x + 4 * first * height * width * channels, dy + 4 * first * places * outChannels] as const;
    const planeSizes = [-shape.padTop, -shape.padLeft, plane.height, plane.width] as const;
    engine.run(
      "planes",
      [...from, planes, panels, height, width, channels, ...planeSizes, places, outChannels, group, images],
      { total: Math.ceil(images / group), grain: 1 },
    );
    const sizes = [channels, filterWidth, plane.height, plane.width, outHeight, outWidth, outChannels] as const;
    const steps = [shape.strideHeight, shape.strideWidth, shape.dilationHeight, shape.dilationWidth] as const;
    engine.run("filterRows", [planes, panels, dFilter, ...sizes, ...steps, group, images, blockRuns, +(first > 0)], {
      total: rows,
      grain: 30,
      scratch: TILE_BYTES + 4 * (rows + group * outHeight),
    });
  }
}

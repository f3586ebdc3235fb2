import type { Conv2d, Conv2dInputGradient } from "./convolution-options.ts";
import { BAND_BYTES, type ConvolutionShape, reach, sizesOf, stepsOf, TILE_BYTES } from "./convolution-shape.ts";
import type { Engine } from "./engine.ts";
import { PANEL, packPanels, panelLength } from "./panels.ts";

/** Terms that are summed before they are added to the rest. */
const BLOCK_TERMS = 1024;

/** Forward by windows over the image. */
export function convolveDirectly(engine: Engine, { shape, x, filter, bias, y, relu = false }: Conv2d): void {
  const { filterHeight, filterWidth, channels, outChannels } = shape;
  const terms = filterHeight * filterWidth * channels;
  const panels = engine.workspace(4 * panelLength(terms, outChannels) + 4 * panelLength(1, outChannels));
  packPanels(engine, { b: filter, bRow: outChannels, bColumn: 1, k: terms, n: outChannels, panels });
  const biasRow = bias === undefined ? 0 : panels + 4 * panelLength(terms, outChannels);
  if (bias !== undefined) copyWithZeros(engine, bias, biasRow, outChannels);
  convolve(engine, shape, { x, panels, bias: biasRow, y, relu });
}

/** The convolution whose input is this one's output, at stride 1. */
export function turned(shape: ConvolutionShape): ConvolutionShape {
  return {
    ...shape,
    height: shape.outHeight,
    width: shape.outWidth,
    channels: shape.outChannels,
    outHeight: shape.height,
    outWidth: shape.width,
    outChannels: shape.channels,
    padTop: (shape.filterHeight - 1) * shape.dilationHeight - shape.padTop,
    padLeft: (shape.filterWidth - 1) * shape.dilationWidth - shape.padLeft,
  };
}

/** dx at stride 1 by windows over dy. */
export function convolveTurned(engine: Engine, { shape, dy, filter, dx }: Conv2dInputGradient): void {
  const { filterHeight, filterWidth, channels, outChannels } = shape;
  const taps = filterHeight * filterWidth;
  const panels = engine.workspace(4 * panelLength(taps * outChannels, channels));
  const range = { total: Math.ceil(channels / PANEL), grain: 1 };
  engine.run("packTurned", [filter, taps, channels, outChannels, panels], range);
  convolve(engine, turned(shape), { x: dy, panels, bias: 0, y: dx, relu: false });
}

/** Forward at stride 1 as the gradient to the input of the turned one. */
export function foldTurned(engine: Engine, { shape, x, filter, y }: Conv2d): void {
  const { filterHeight, filterWidth, channels, outChannels } = shape;
  const taps = filterHeight * filterWidth;
  const filterBytes = 4 * taps * channels * outChannels;
  const panels = engine.workspace(filterBytes + 4 * panelLength(channels, taps * outChannels));
  const turnedFilter = panels + 4 * panelLength(channels, taps * outChannels);
  engine.run("turnFilter", [filter, taps, channels, outChannels, turnedFilter], { total: taps, grain: taps });
  foldWindows(engine, { shape: turned(shape), dy: x, filter: turnedFilter, dx: y }, panels);
}

/**
 * dx as what each place adds to its window.
 *
 * @param panels room for the filter, by default the workspace.
 */
export function foldWindows(engine: Engine, { shape, dy, filter, dx }: Conv2dInputGradient, panels?: number): void {
  const { batch, channels, filterHeight, filterWidth, outHeight, outWidth, outChannels } = shape;
  const window = filterHeight * filterWidth * channels;
  panels ??= engine.workspace(4 * panelLength(outChannels, window));
  packPanels(engine, { b: filter, bRow: 1, bColumn: outChannels, k: outChannels, n: window, panels });
  const rowBytes = 4 * outWidth * window;
  const bandRows = Math.min(outHeight, Math.max(Math.ceil(32 / outWidth), Math.floor(BAND_BYTES / rowBytes)));
  const scratch = TILE_BYTES + 4 * bandRows * outWidth + bandRows * rowBytes;
  engine.run("foldWindows", [dy, panels, dx, ...sizesOf(shape), outChannels, ...stepsOf(shape), bandRows], {
    total: batch,
    grain: 1,
    scratch,
  });
}

interface Convolve {
  readonly x: number;
  /** The filter in panels. */
  readonly panels: number;
  /** A row of whole panels, or 0. */
  readonly bias: number;
  readonly y: number;
  readonly relu: boolean;
}

function convolve(engine: Engine, shape: ConvolutionShape, { x, panels, bias, y, relu }: Convolve): void {
  const { batch, height, width, channels, filterHeight, filterWidth, outHeight, outWidth, outChannels } = shape;
  const { padTop, padLeft, strideHeight, dilationHeight, dilationWidth } = shape;
  const seen = reach(shape);
  const leaves = padTop !== 0 || padLeft !== 0 || seen.height > height || seen.width > width;
  const rowBytes = 4 * seen.width * channels;
  const rowsInCache = Math.floor(BAND_BYTES / rowBytes / strideHeight);
  const bandRows = Math.min(outHeight, Math.max(Math.ceil(64 / outWidth), rowsInCache));
  const runs = dilationWidth === 1 ? filterHeight : filterHeight * filterWidth;
  const blockRuns = Math.max(1, Math.floor((BLOCK_TERMS * runs) / (filterHeight * filterWidth * channels)));
  const cutBytes = leaves ? rowBytes * ((bandRows - 1) * strideHeight + (filterHeight - 1) * dilationHeight + 1) : 0;
  engine.run(
    "convolve",
    [x, panels, bias, y, ...sizesOf(shape), outChannels, ...stepsOf(shape), +leaves, bandRows, blockRuns, +relu],
    {
      total: batch * Math.ceil(outHeight / bandRows),
      grain: 1,
      scratch: TILE_BYTES + 4 * (bandRows * outWidth + runs) + cutBytes,
    },
  );
}

/** Copies `count` numbers and fills their last panel with zeros. */
function copyWithZeros({ heap }: Engine, from: number, to: number, count: number): void {
  const target = new Float32Array(heap.memory.buffer, to, panelLength(1, count)).fill(0);
  target.set(new Float32Array(heap.memory.buffer, from, count));
}

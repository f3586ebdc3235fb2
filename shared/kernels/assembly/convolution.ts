import { addTo, cut, transpose } from "./memory";
import { COLUMNS, nextTile, packRight, runWindowTile } from "./tiles";

/** Where the parts of a thread's scratch memory begin: zeros and a tile, then tables, then data. */
@inline const TABLES: usize = 1024;

/**
 * c [m, n] = windows · panels (+ bias, or + c), at least `floor`. Row i of the windows starts at
 * a + starts[i] and has `runs` runs (see windowTile); k is summed in blocks of blockRuns runs.
 */
export function sweep(m: i32, n: i32, runs: i32, blockRuns: i32, length: i32, aStep: usize, jumps: usize, a: usize, starts: usize, panels: usize, c: usize, cRow: usize, bias: usize, accumulate: bool, floor: f32, scratch: usize): void {
  const panelBytes = <usize>runs * <usize>length * COLUMNS * 4;
  for (let r = 0; r < runs; r += blockRuns) {
    const count = min(blockRuns, runs - r), adds = accumulate || r > 0, last = r + count == runs;
    let block = a;
    for (let i = 0; i < r; i++) block += <usize>length * aStep + load<usize>(jumps + <usize>i * 4);
    for (let j = 0; j < n; j += COLUMNS) {
      const b = panels + <usize>(j / COLUMNS) * panelBytes + <usize>r * <usize>length * COLUMNS * 4;
      for (let i = 0; i < m;) {
        const size = nextTile(m - i);
        runWindowTile(size, min(size, m - i), min(COLUMNS, n - j), count, length, aStep, jumps + <usize>r * 4, block, starts + <usize>i * 4, b,
          c + <usize>i * cRow + <usize>j * 4, cRow, bias ? bias + <usize>j * 4 : scratch, adds, last ? floor : -Infinity, scratch);
        i += size;
      }
    }
  }
}

/** Columns that a unit of the packing operations' range stands for, whatever the width of a panel. */
@inline const UNIT: i32 = 16;

/** Units [begin, end) of B [k, n], element (p, j) at b + p·bRow + j·bColumn bytes, into panels. */
export function packPanels(b: usize, bRow: usize, bColumn: usize, k: i32, n: i32, panels: usize, begin: i32, end: i32, scratch: usize): void {
  const first = begin * UNIT, columns = min(n, end * UNIT) - first;
  packRight(b + <usize>first * bColumn, bRow, bColumn, k, columns, panels + <usize>first * <usize>k * 4);
}

/** The same for a filter [taps, ci, co] turned round: B [taps·co, ci] with the taps in reverse. */
export function packTurned(filter: usize, taps: i32, ci: i32, co: i32, panels: usize, begin: i32, end: i32, scratch: usize): void {
  for (let j = begin * UNIT; j < min(ci, end * UNIT); j += COLUMNS) {
    let to = panels + <usize>j * <usize>taps * <usize>co * 4;
    for (let t = taps - 1; t >= 0; t--) {
      packRight(filter + <usize>(t * ci + j) * <usize>co * 4, 4, <usize>co * 4, co, min(COLUMNS, ci - j), to);
      to += <usize>co * COLUMNS * 4;
    }
  }
}

/** Taps [begin, end) of a filter [taps, ci, co] turned round: to [taps, co, ci] with the taps in reverse. */
export function turnFilter(filter: usize, taps: i32, ci: i32, co: i32, to: usize, begin: i32, end: i32, scratch: usize): void {
  const bytes = <usize>(ci * co) * 4;
  for (let t = begin; t < end; t++) transpose(filter + <usize>t * bytes, <usize>co * 4, 4, ci, co, to + <usize>(taps - 1 - t) * bytes, <usize>ci * 4);
}

/**
 * Convolution of bands [begin, end): band b is the output rows [bandRows·(b mod bands), …) of image
 * b / bands. x [height, width, ci] per image, filter in panels [kh·kw·ci, co], y [outHeight,
 * outWidth, co]. Where `pads` != 0, windows leave the image, and bands are copied with zeros.
 */
export function convolve(x: usize, panels: usize, bias: usize, y: usize, height: i32, width: i32, ci: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, co: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, pads: i32, bandRows: i32, blockRuns: i32, relu: i32, begin: i32, end: i32, scratch: usize): void {
  const bands = (outHeight + bandRows - 1) / bandRows, pixel = <usize>ci * 4;
  const cutWidth = (outWidth - 1) * strideX + (kw - 1) * dilationX + 1;
  const row = <usize>(pads ? cutWidth : width) * pixel;
  const runs = dilationX == 1 ? kh : kh * kw, length = dilationX == 1 ? kw * ci : ci;
  const starts = scratch + TABLES, jumps = starts + <usize>(bandRows * outWidth) * 4, data = (jumps + <usize>runs * 4 + 127) & ~127;
  memory.fill(scratch, 0, 256);
  for (let r = 0; r < bandRows; r++) for (let q = 0; q < outWidth; q++)
    store<usize>(starts + <usize>(r * outWidth + q) * 4, <usize>(r * strideY) * row + <usize>(q * strideX) * pixel);
  const down = <usize>dilationY * row;
  if (dilationX == 1) for (let r = 0; r < kh; r++) store<usize>(jumps + <usize>r * 4, down - <usize>length * 4);
  else for (let r = 0; r < runs; r++) {
    const across = <usize>dilationX * pixel;
    store<usize>(jumps + <usize>r * 4, (r % kw == kw - 1 ? down - <usize>(kw - 1) * across : across) - pixel);
  }
  for (let band = begin; band < end; band++) {
    const image = band / bands, first = (band % bands) * bandRows, count = min(bandRows, outHeight - first);
    const source = x + <usize>image * <usize>(height * width) * pixel;
    let from = source + <usize>(first * strideY) * row;
    if (pads) {
      cut(source, height, width, ci, first * strideY - top, -left, (count - 1) * strideY + (kh - 1) * dilationY + 1, cutWidth, data);
      from = data;
    }
    sweep(count * outWidth, co, runs, blockRuns, length, 4, jumps, from, starts, panels,
      y + <usize>((image * outHeight + first) * outWidth) * <usize>co * 4, <usize>co * 4, bias, false, relu ? 0 : -Infinity, scratch);
  }
}

/**
 * dx of images [begin, end) as the windows dy·filterᵀ added up where they lie. panels: the filter as
 * B [co, kh·kw·ci].
 */
export function foldWindows(dy: usize, panels: usize, dx: usize, height: i32, width: i32, ci: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, co: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, bandRows: i32, begin: i32, end: i32, scratch: usize): void {
  const places = bandRows * outWidth, window = <usize>(kh * kw * ci) * 4, pixel = <usize>ci * 4;
  const starts = scratch + TABLES, jumps = starts + <usize>places * 4, windows = (jumps + 4 + 127) & ~127;
  memory.fill(scratch, 0, 256);
  for (let i = 0; i < places; i++) store<usize>(starts + <usize>i * 4, <usize>i * <usize>co * 4);
  store<usize>(jumps, 0);
  for (let image = begin; image < end; image++) {
    const to = dx + <usize>image * <usize>(height * width) * pixel;
    memory.fill(to, 0, <usize>(height * width) * pixel);
    for (let first = 0; first < outHeight; first += bandRows) {
      const rows = min(bandRows, outHeight - first), m = rows * outWidth;
      sweep(m, kh * kw * ci, 1, 1, co, 4, jumps, dy + <usize>((image * outHeight + first) * outWidth) * <usize>co * 4, starts, panels, windows, window, 0, false, -Infinity, scratch);
      let from = windows;
      for (let r = first; r < first + rows; r++) for (let q = 0; q < outWidth; q++) for (let i = 0; i < kh; i++) {
        const y = r * strideY + i * dilationY - top;
        for (let j = 0; j < kw; j++) {
          const at = q * strideX + j * dilationX - left;
          if (y >= 0 && y < height && at >= 0 && at < width) addTo(to + <usize>(y * width + at) * pixel, from, ci);
          from += pixel;
        }
      }
    }
  }
}

/**
 * Images [begin, end) of x [height, width, channels] as planes [channels, planeHeight, planeWidth],
 * what windows reach with zeros outside the image, for filterRows; and dy [pixels, co] of `group`
 * images at a time in panels.
 */
export function planes(x: usize, dy: usize, to: usize, panels: usize, height: i32, width: i32, channels: i32, top: i32, left: i32, planeHeight: i32, planeWidth: i32, pixels: i32, co: i32, group: i32, images: i32, begin: i32, end: i32, scratch: usize): void {
  const plane = <usize>(planeHeight * planeWidth) * 4, pixel = <usize>channels * 4;
  const first = max(0, -left), count = max(0, min(width - left, planeWidth) - first);
  for (let g = begin; g < end; g++) for (let image = g * group; image < min(images, g * group + group); image++) {
    const target = to + <usize>image * <usize>channels * plane;
    memory.fill(target, 0, <usize>channels * plane);
    for (let y = max(0, top); y < min(height, top + planeHeight); y++)
      transpose(x + (<usize>image * <usize>(height * width) + <usize>(y * width + left + first)) * pixel, pixel, 4, count, channels,
        target + <usize>((y - top) * planeWidth + first) * 4, plane);
  }
  const panelRows = <usize>pixels * <usize>((co + COLUMNS - 1) / COLUMNS * COLUMNS) * 4;
  for (let g = begin; g < end; g++) {
    const first = g * group, rows = min(group, images - first) * pixels;
    packRight(dy + <usize>(first * pixels) * <usize>co * 4, <usize>co * 4, 4, rows, co, panels + <usize>first * panelRows);
  }
}

/**
 * Rows [begin, end) of the filter's gradient [kh·kw·ci, co] = Σ over images and places of window·dy,
 * summed `group` images at a time, plus what is there where accumulate != 0.
 */
export function filterRows(plane: usize, panels: usize, to: usize, ci: i32, kw: i32, planeHeight: i32, planeWidth: i32, outHeight: i32, outWidth: i32, co: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, group: i32, images: i32, blockRuns: i32, accumulate: i32, begin: i32, end: i32, scratch: usize): void {
  const rows = end - begin, row = <usize>planeWidth * 4, planeBytes = <usize>planeHeight * row, imageBytes = <usize>ci * planeBytes;
  const starts = scratch + TABLES, jumps = starts + <usize>rows * 4, runs = group * outHeight;
  memory.fill(scratch, 0, 256);
  for (let i = 0; i < rows; i++) {
    const tap = (begin + i) / ci, channel = (begin + i) % ci;
    store<usize>(starts + <usize>i * 4, <usize>channel * planeBytes + <usize>(tap / kw * dilationY) * row + <usize>(tap % kw * dilationX) * 4);
  }
  const step = <usize>strideX * 4, down = <usize>strideY * row - <usize>outWidth * step;
  for (let r = 0; r < runs; r++) store<usize>(jumps + <usize>r * 4, r % outHeight == outHeight - 1 ? down + imageBytes - <usize>(outHeight * strideY) * row : down);
  const panelRows = <usize>(outHeight * outWidth) * <usize>((co + COLUMNS - 1) / COLUMNS * COLUMNS) * 4;
  for (let first = 0; first < images; first += group) {
    const count = min(group, images - first) * outHeight;
    sweep(rows, co, count, blockRuns, outWidth, step, jumps, plane + <usize>first * imageBytes, starts, panels + <usize>first * panelRows,
      to + <usize>begin * <usize>co * 4, <usize>co * 4, 0, accumulate != 0 || first > 0, -Infinity, scratch);
  }
}

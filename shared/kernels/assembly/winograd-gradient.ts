import { cut } from "./memory";
import { COLUMNS, nextTile, runWindowTile } from "./tiles";
import { transformGradient3, transformGradient5, transformUpstream3, transformUpstream5 } from "./transforms";
import { readTiles } from "./winograd";

@inline const TILE: i32 = 6;
/** A thread's scratch memory: zeros and a tile of products, then what lies between passes, then data. */
@inline const BETWEEN: usize = 1024;
@inline const DATA: usize = 4096;

/**
 * Images [begin, end) of a chunk of `images`, whose first is at x and dy: their tiles, transformed, to
 * 36 matrices [tiles, ci] at `places` and 36 of panels [tiles, co] at `panels`.
 */
export function winogradPlaces(x: usize, dy: usize, places: usize, panels: usize, height: i32, width: i32, ci: i32, k: i32, outHeight: i32, outWidth: i32, co: i32, top: i32, left: i32, images: i32, begin: i32, end: i32, scratch: usize): void {
  const size = TILE + 1 - k, down = (outHeight + size - 1) / size, across = (outWidth + size - 1) / size, tiles = images * down * across;
  const pixel = <usize>ci * 4, outPixel = <usize>co * 4, cutHeight = down * size + k - 1, cutWidth = across * size + k - 1;
  const row = <usize>(across * size) * outPixel, plane = <usize>tiles * outPixel;
  for (let image = begin; image < end; image++) {
    const first = image * down * across;
    cut(x + <usize>image * <usize>(height * width) * pixel, height, width, ci, -top, -left, cutHeight, cutWidth, scratch + DATA);
    readTiles(scratch + DATA, down, across, size, <usize>cutWidth * pixel, pixel, places + <usize>first * pixel, <usize>tiles * pixel, scratch);
    cut(dy + <usize>image * <usize>(outHeight * outWidth) * outPixel, outHeight, outWidth, co, 0, 0, down * size, across * size, scratch + DATA);
    for (let r = 0; r < down; r++) for (let q = 0; q < across; q++) {
      const from = scratch + DATA + <usize>(r * size) * row + <usize>(q * size) * outPixel, tile = first + r * across + q;
      for (let j = 0; j < co; j += 8) {
        const to = panels + <usize>((j / COLUMNS * tiles + tile) * COLUMNS + j % COLUMNS) * 4;
        if (k == 3) transformUpstream3(from + <usize>j * 4, row, outPixel, to, plane, scratch + BETWEEN);
        else transformUpstream5(from + <usize>j * 4, row, outPixel, to, plane, scratch + BETWEEN);
      }
    }
  }
}

/** Places [begin, end): sums [36, ci, co] = Σ over tiles of places·panels, plus what is there where accumulate != 0. */
export function winogradSums(places: usize, panels: usize, sums: usize, tiles: i32, ci: i32, co: i32, accumulate: i32, begin: i32, end: i32, scratch: usize): void {
  const pixel = <usize>ci * 4, cRow = <usize>co * 4, starts = scratch + DATA, jumps = scratch + BETWEEN;
  memory.fill(scratch, 0, 256);
  store<usize>(jumps, 0);
  for (let i = 0; i < ci; i++) store<usize>(starts + <usize>i * 4, <usize>i * 4);
  for (let place: usize = begin; place < <usize>end; place++) for (let j = 0; j < co; j += COLUMNS) {
    const panel = panels + (place * <usize>co + <usize>j) * <usize>tiles * 4, c = sums + (place * <usize>(ci * co) + <usize>j) * 4;
    for (let i = 0; i < ci;) {
      const size = nextTile(ci - i);
      runWindowTile(size, min(size, ci - i), COLUMNS, 1, tiles, pixel, jumps, places + place * <usize>tiles * pixel, starts + <usize>i * 4, panel,
        c + <usize>i * cRow, cRow, scratch, accumulate != 0, -Infinity, scratch);
      i += size;
    }
  }
}

/** Input channels [begin, end) of the filter's gradient [k, k, ci, co] from the sums of all tiles. */
export function winogradBack(sums: usize, to: usize, k: i32, ci: i32, co: i32, begin: i32, end: i32, scratch: usize): void {
  const pixel = <usize>(ci * co) * 4, row = <usize>k * pixel;
  memory.fill(scratch, 0, 256);
  for (let c = begin; c < end; c++) for (let j = 0; j < co; j += 8) {
    const at = <usize>(c * co + j) * 4;
    if (k == 3) transformGradient3(sums + at, pixel, scratch, -Infinity, to + at, row, pixel, scratch + BETWEEN);
    else transformGradient5(sums + at, pixel, scratch, -Infinity, to + at, row, pixel, scratch + BETWEEN);
  }
}

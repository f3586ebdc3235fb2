import { cut } from "./memory";
import { COLUMNS, nextTile, runMatrixTile } from "./tiles";
import { transformFilter3, transformFilter5, transformInput, transformOutput3, transformOutput5 } from "./transforms";

/** Rows and columns of a tile of the input; a filter of k gives 7 − k of the output. */
@inline const TILE: i32 = 6;
@inline const PLACES: i32 = 36;
/** A thread's scratch memory: zeros and a tile of products, then what lies between passes, an edge tile, data. */
@inline const BETWEEN: usize = 1024;
@inline const EDGE: usize = 2304;
@inline const DATA: usize = 4096;

/** Input channels [begin, end) of a filter [k, k, ci, co], transformed: 36 matrices [ci, co] in panels. */
export function winogradFilter(filter: usize, k: i32, ci: i32, co: i32, to: usize, begin: i32, end: i32, scratch: usize): void {
  const pixel = <usize>(ci * co) * 4, row = <usize>k * pixel, plane = pixel;
  for (let c = begin; c < end; c++) for (let j = 0; j < co; j += 8) {
    const from = filter + <usize>(c * co + j) * 4;
    const target = to + <usize>(j / COLUMNS * ci * COLUMNS + c * COLUMNS + j % COLUMNS) * 4;
    if (k == 3) transformFilter3(from, row, pixel, target, plane, scratch + BETWEEN);
    else transformFilter5(from, row, pixel, target, plane, scratch + BETWEEN);
  }
}

/**
 * Convolution at stride 1 with a filter of k×k, 3 or 5 (Lavin & Gray, 2016): tiles of 6×6 are
 * transformed, multiplied place by place with the transformed filter, and transformed back. Works on
 * units [begin, end): unit u is the band of `bandRows` rows of tiles u mod bands of `group` images.
 */
export function winograd(x: usize, filter: usize, bias: usize, y: usize, height: i32, width: i32, ci: i32, k: i32, outHeight: i32, outWidth: i32, co: i32, top: i32, left: i32, bandRows: i32, group: i32, images: i32, relu: i32, begin: i32, end: i32, scratch: usize): void {
  const size = TILE + 1 - k, down = (outHeight + size - 1) / size, across = (outWidth + size - 1) / size, bands = (down + bandRows - 1) / bandRows;
  const cutWidth = across * size + k - 1, pixel = <usize>ci * 4, image = <usize>(height * width) * pixel, outImage = <usize>(outHeight * outWidth * co) * 4;
  const products = scratch + DATA + <usize>((bandRows * size + k - 1) * cutWidth) * pixel;
  const places = products + <usize>(PLACES * group * bandRows * across * COLUMNS) * 4;
  memory.fill(scratch, 0, 256);
  for (let unit = begin; unit < end; unit++) {
    const first = unit / bands * group, count = min(group, images - first), row = unit % bands * bandRows, rows = min(bandRows, down - row);
    const tiles = count * rows * across, plane = <usize>tiles * pixel;
    for (let i = 0; i < count; i++) {
      cut(x + <usize>(first + i) * image, height, width, ci, row * size - top, -left, rows * size + k - 1, cutWidth, scratch + DATA);
      readTiles(scratch + DATA, rows, across, size, <usize>cutWidth * pixel, pixel, places + <usize>(i * rows * across) * pixel, plane, scratch);
    }
    for (let j = 0; j < co; j += COLUMNS) {
      for (let place: usize = 0; place < <usize>PLACES; place++)
        multiply(tiles, ci, places + place * plane, filter + (place * <usize>co + <usize>j) * pixel, products + place * <usize>(tiles * COLUMNS) * 4, scratch);
      for (let i = 0; i < count; i++)
        writeTiles(products + <usize>(i * rows * across * COLUMNS) * 4, <usize>(tiles * COLUMNS) * 4, bias ? bias + <usize>j * 4 : scratch,
          y + <usize>(first + i) * outImage + <usize>(row * size * outWidth * co + j) * 4, min(outHeight - row * size, rows * size), outWidth, co, k, relu ? 0 : -Infinity, scratch);
    }
  }
}

/** Tiles of an image, transformed, to 36 matrices [tiles, ci]. */
export function readTiles(image: usize, down: i32, across: i32, size: i32, row: usize, pixel: usize, to: usize, plane: usize, scratch: usize): void {
  for (let r = 0; r < down; r++) for (let q = 0; q < across; q++) {
    const from = image + <usize>(r * size) * row + <usize>(q * size) * pixel;
    for (let c: usize = 0; c < pixel; c += 32) transformInput(from + c, row, pixel, to + c, plane, scratch + BETWEEN);
    to += pixel;
  }
}

/** c [tiles, COLUMNS] = a [tiles, ci] · a panel. */
function multiply(tiles: i32, ci: i32, a: usize, panel: usize, c: usize, scratch: usize): void {
  const row = <usize>ci * 4, cRow: usize = COLUMNS * 4;
  for (let i = 0; i < tiles;) {
    const size = nextTile(tiles - i);
    runMatrixTile(size, min(size, tiles - i), COLUMNS, ci, a + <usize>i * row, row, panel, 0, cRow, c + <usize>i * cRow, cRow, false, scratch);
    i += size;
  }
}

/** COLUMNS channels of an image's tiles, transformed back, to the rows of y. */
function writeTiles(from: usize, plane: usize, bias: usize, y: usize, outHeight: i32, outWidth: i32, co: i32, k: i32, floor: f32, scratch: usize): void {
  const size = TILE + 1 - k, pixel = <usize>co * 4, row = <usize>outWidth * pixel, edge = scratch + EDGE;
  for (let r = 0; r < outHeight; r += size) for (let q = 0; q < outWidth; q += size) {
    const rows = min(size, outHeight - r), columns = min(size, outWidth - q), isFull = rows == size && columns == size;
    const to = y + <usize>(r * outWidth + q) * pixel;
    for (let c: usize = 0; c < <usize>COLUMNS * 4; c += 32) {
      const target = isFull ? to + c : edge, targetRow: usize = isFull ? row : 128, targetPixel: usize = isFull ? pixel : 32;
      if (k == 3) transformOutput3(from + c, plane, bias + c, floor, target, targetRow, targetPixel, scratch + BETWEEN);
      else transformOutput5(from + c, plane, bias + c, floor, target, targetRow, targetPixel, scratch + BETWEEN);
      if (!isFull) for (let i: usize = 0; i < <usize>rows; i++) for (let j: usize = 0; j < <usize>columns; j++)
        memory.copy(to + c + i * row + j * pixel, edge + i * 128 + j * 32, 32);
    }
    from += COLUMNS * 4;
  }
}

import { sweep } from "./convolution";

/*
 * What LSTM and GRU share. Sequences are time-major, [time, batch, …], and the number of units is a
 * multiple of eight (the caller pads with zeros, which stay zero). The rows of a batch do not depend
 * on each other: a thread takes its rows through the whole sequence by itself.
 */

/** Scratch memory: a tile, the constants of exp, a jump of no use, the starts of rows. */
@inline export const TABLE: usize = 1024;
@inline const JUMP: usize = 1280;
@inline const STARTS: usize = 1284;

/** The table of where rows of A begin, `rowBytes` apart, for addProduct. */
export function writeRows(rows: i32, rowBytes: usize, scratch: usize): void {
  memory.fill(scratch, 0, 256);
  for (let i = 0; i < rows; i++) store<usize>(scratch + STARTS + <usize>i * 4, <usize>i * rowBytes);
}

/** c [rows, n] += a [rows, k] · panels; A's rows as in the table. */
@inline export function addProduct(rows: i32, n: i32, k: i32, a: usize, panels: usize, c: usize, cRow: usize, scratch: usize): void {
  sweep(rows, n, 1, 1, k, 4, scratch + JUMP, a, scratch + STARTS, panels, c, cRow, 0, true, -Infinity, scratch);
}

@inline export function isMasked(mask: usize, time: i32, b: i32, t: i32): bool {
  return mask != 0 && load<u8>(mask + <usize>(b * time + t)) == 0;
}

/**
 * Rows [begin, end) of y [b, a, yRow] = x [a, b, xRow] with the first two axes swapped: n numbers of
 * each row, then zeros. Strides in bytes.
 */
export function swapAxes(x: usize, xRow: usize, y: usize, yRow: usize, a: i32, b: i32, n: i32, begin: i32, end: i32, scratch: usize): void {
  let row = y + <usize>begin * yRow;
  for (let r = begin; r < end; r++) {
    let from = x + <usize>(r % a * b + r / a) * xRow, to = row, i = n;
    for (; i >= 4; i -= 4) { v128.store(to, v128.load(from)); from += 16; to += 16; }
    for (; i > 0; i--) { store<f32>(to, load<f32>(from)); from += 4; to += 4; }
    row += yRow;
    if (to < row) memory.fill(to, 0, row - to);
  }
}

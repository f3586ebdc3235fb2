import { transpose } from "./memory";
import { COLUMNS, nextTile, packRight, ROWS, runMatrixTile } from "./tiles";

/** k is summed in blocks of this many: a part of the result's definition, equal in every build. */
@inline const K_BLOCK: i32 = 256;
/** Columns of B packed at a time: 1 MiB per block of k. */
@inline const N_BLOCK: i32 = 1024;
/** Rows of A transposed at a time: a multiple of the tile's rows. */
@inline const M_BLOCK: i32 = 100 / ROWS * ROWS;
/** A row of zeros, then room for one tile. */
@inline const TILE_BYTES: usize = 1024;

/** c [m, n] = a·b, plus c where accumulate. Strides are bytes; C's rows are contiguous. */
export function product(m: i32, n: i32, k: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize, c: usize, cRow: usize, accumulate: bool, scratch: usize): void {
  memory.fill(scratch, 0, 256);
  if (k <= 0 && !accumulate) for (let i = 0; i < m; i++) memory.fill(c + <usize>i * cRow, 0, <usize>n * 4);
  const left = scratch + TILE_BYTES, right = left + M_BLOCK * K_BLOCK * 4;
  const readsRight = bColumn == 4 && m <= 2 * ROWS; // too few rows to pay for packing
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const depth = min(K_BLOCK, k - k0), adds = accumulate || k0 > 0;
    for (let j0 = 0; j0 < n; j0 += N_BLOCK) {
      const width = min(N_BLOCK, n - j0), inPlace = readsRight ? width - width % COLUMNS : 0;
      const bBlock = b + <usize>k0 * bRow + <usize>j0 * bColumn;
      packRight(bBlock + <usize>inPlace * bColumn, bRow, bColumn, depth, width - inPlace, right + <usize>inPlace * <usize>depth * 4);
      for (let i0 = 0; i0 < m; i0 += M_BLOCK) {
        const height = min(M_BLOCK, m - i0);
        let aBlock = a + <usize>i0 * aRow + <usize>k0 * aColumn, aStep = aRow;
        if (aColumn != 4) {
          transpose(aBlock, aColumn, aRow, depth, height, left, <usize>depth * 4);
          aBlock = left; aStep = <usize>depth * 4;
        }
        for (let j = 0; j < width; j += COLUMNS) {
          const direct = j < inPlace;
          for (let i = 0; i < height;) {
            const size = nextTile(height - i);
            runMatrixTile(size, min(size, height - i), min(COLUMNS, width - j), depth, aBlock + <usize>i * aStep, aStep,
              direct ? bBlock : right, direct ? <usize>j * 4 : <usize>j * <usize>depth * 4, direct ? bRow : COLUMNS * 4,
              c + <usize>(i0 + i) * cRow + <usize>(j0 + j) * 4, cRow, adds, scratch);
            i += size;
          }
        }
      }
    }
  }
}

/** Rows, or columns where byColumns != 0, [begin, end) of c [m, n] = a·b, plus c where accumulate != 0. */
export function gemm(m: i32, n: i32, k: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize, c: usize, cRow: usize, accumulate: i32, byColumns: i32, begin: i32, end: i32, scratch: usize): void {
  const adds = accumulate != 0;
  if (byColumns) product(m, end - begin, k, a, aRow, aColumn, b + <usize>begin * bColumn, bRow, bColumn, c + <usize>begin * 4, cRow, adds, scratch);
  else product(end - begin, n, k, a + <usize>begin * aRow, aRow, aColumn, b, bRow, bColumn, c + <usize>begin * cRow, cRow, adds, scratch);
}

/** Products [begin, end) of a batch, whose operands lie aBatch, bBatch and cBatch bytes apart. */
export function gemmBatch(m: i32, n: i32, k: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize, c: usize, cRow: usize, accumulate: i32, aBatch: usize, bBatch: usize, cBatch: usize, begin: i32, end: i32, scratch: usize): void {
  for (let i = begin; i < end; i++)
    product(m, n, k, a + <usize>i * aBatch, aRow, aColumn, b + <usize>i * bBatch, bRow, bColumn, c + <usize>i * cBatch, cRow, accumulate != 0, scratch);
}

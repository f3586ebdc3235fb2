import type { Engine } from "./engine.ts";

/** A matrix product on addresses. Strides count elements: element (i, p) of A is a[i·aRow + p·aColumn]. */
export interface Gemm {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: number;
  readonly aRow: number;
  readonly aColumn: number;
  readonly b: number;
  readonly bRow: number;
  readonly bColumn: number;
  /** C's rows are contiguous; it must not overlap A or B. */
  readonly c: number;
  readonly cRow: number;
  /** Adds to C instead of replacing it. */
  readonly accumulate?: boolean | undefined;
}

/** Multiplications that are worth a thread's while, some 5 µs. */
const GRAIN_WORK = 250_000;
/** Rows, or columns, that fill whole tiles of every build. */
const [ROW_UNIT, COLUMN_UNIT] = [60, 16];

/**
 * c [m, n] = a [m, k] · b [k, n] (+ c). Every element is summed in one order, k ascending in blocks
 * of 256 by fused multiply-add, whatever the tile, the threads or the vector width. A product over
 * k = 0 is zero; m = 0 or n = 0 does nothing.
 */
export function gemm(engine: Engine, options: Gemm): void {
  const { m, n, k, aColumn } = options;
  if (m === 0 || n === 0) return;
  // What a chunk must rearrange for itself, a transposed A or B, should be the smaller operand
  const byColumns = aColumn === 1 ? n >= 8 * COLUMN_UNIT : n > 2 * m;
  const [total, other, unit] = byColumns ? [n, m, COLUMN_UNIT] : [m, n, ROW_UNIT];
  const grain = unit * Math.ceil(GRAIN_WORK / Math.max(1, k * other * unit));
  engine.run("gemm", [...valuesOf(options), +byColumns], { total, grain, chunksPerThread: 2 });
}

export interface GemmBatch extends Gemm {
  readonly batch: number;
  /** Elements from one matrix to the next; 0 repeats the same one. C's must not overlap. */
  readonly aBatch: number;
  readonly bBatch: number;
  readonly cBatch: number;
}

/** `batch` products of equal sizes: many small ones are shared between the threads, a few large ones each divided. */
export function gemmBatch(engine: Engine, { batch, aBatch, bBatch, cBatch, ...options }: GemmBatch): void {
  const { m, n, k, a, b, c } = options;
  if (m === 0 || n === 0) return;
  if (batch < 2 * engine.threads) {
    for (let i = 0; i < batch; i++)
      gemm(engine, { ...options, a: a + 4 * i * aBatch, b: b + 4 * i * bBatch, c: c + 4 * i * cBatch });
    return;
  }
  const grain = Math.ceil(GRAIN_WORK / Math.max(1, m * n * k));
  engine.run("gemmBatch", [...valuesOf(options), 4 * aBatch, 4 * bBatch, 4 * cBatch], { total: batch, grain });
}

type Twelve = readonly [number, number, number, number, number, number, number, number, number, number, number, number];

function valuesOf({ m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate = false }: Gemm): Twelve {
  return [m, n, k, a, 4 * aRow, 4 * aColumn, b, 4 * bRow, 4 * bColumn, c, 4 * cRow, +accumulate];
}

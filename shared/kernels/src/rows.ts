import type { Engine, Range } from "./engine.ts";

/** Rows that are worth a thread's while. */
export const grain = (rowLength: number): number => Math.ceil(8192 / Math.max(1, rowLength));

export interface AddBias {
  readonly x: number;
  readonly bias: number;
  readonly y: number;
  readonly m: number;
  readonly n: number;
  /** Takes max(…, 0) of the sum. */
  readonly relu?: boolean | undefined;
}

/** y [m, n] = x [m, n] + bias [n] in every row; y may be x. */
export function addBias(engine: Engine, { x, bias, y, m, n, relu = false }: AddBias): void {
  engine.run("addBias", [x, bias, y, n, +relu], { total: n === 0 ? 0 : m, grain: grain(n) });
}

/** An operation on x [m, n], row-major. */
export interface Rows {
  readonly x: number;
  readonly y: number;
  readonly m: number;
  readonly n: number;
}

/**
 * y [n] = the sum over the rows of x [m, n]: blocks of 256 rows, then blocks of 256 such sums, so
 * that 65,536 rows are summed with the rounding error of 512. Zero where m = 0.
 */
export function columnSum(engine: Engine, { x, y, m, n }: Rows): void {
  if (n === 0) return;
  sumInBlocks(engine, { y, m, n, workspace: engine.workspace(sumWorkspaceBytes(m, n)) }, (sums, range) =>
    engine.run("columnSum", [x, sums, m, n], range),
  );
}

const SUM_BLOCK = 256; // rows, as in assembly/rows.ts

/** Bytes for the sums of all blocks, and of blocks of blocks. */
export const sumWorkspaceBytes = (m: number, n: number): number => 2 * 4 * n * Math.ceil(m / SUM_BLOCK);

interface BlockSums {
  readonly y: number;
  readonly m: number;
  readonly n: number;
  readonly workspace: number;
}

/** y [n] = sums over m rows, of which `sumBlocks` writes the sum of each block of 256 at an address. */
export function sumInBlocks(
  engine: Engine,
  { y, m, n, workspace }: BlockSums,
  sumBlocks: (sums: number, range: Range) => void,
): void {
  const blocks = Math.max(1, Math.ceil(m / SUM_BLOCK));
  const sums = blocks === 1 ? y : workspace;
  sumBlocks(sums, { total: blocks, grain: grain(n * SUM_BLOCK) });
  if (blocks === 1) return;
  sumInBlocks(engine, { y, m: blocks, n, workspace: sums + 4 * n * blocks }, (next, range) =>
    engine.run("columnSum", [sums, next, blocks, n], range),
  );
}

/** y [m] = the sum of each row of x [m, n]. */
export function rowSum(engine: Engine, { x, y, m, n }: Rows): void {
  engine.run("rowSum", [x, y, n], { total: m, grain: grain(n) });
}

/**
 * y [m, n] = softmax of each row of x [m, n]: e^(x − max) / Σ. A row with NaN or +∞, or of −∞ only,
 * becomes NaN. y may be x.
 */
export function softmax(engine: Engine, { x, y, m, n }: Rows): void {
  engine.run("softmax", [x, y, n], { total: n === 0 ? 0 : m, grain: grain(4 * n) });
}

/**
 * y [m], int32: the first place of the greatest number in each row of x [m, n], n ≥ 1. NaN is greater than nothing, but
 * nothing is greater than a NaN that comes first.
 */
export function argMax(engine: Engine, { x, y, m, n }: Rows): void {
  engine.run("argMax", [x, y, n], { total: m, grain: grain(n) });
}

import type { Engine } from "./engine.ts";

export interface Gather {
  /** [rows, n] */
  readonly x: number;
  readonly rows: number;
  readonly n: number;
  /** int32 [count] */
  readonly indices: number;
  readonly count: number;
  /** [count, n] */
  readonly y: number;
}

/**
 * y[i] = x[indices[i]], row by row.
 *
 * @throws RangeError where an index is no row of x; nothing is written then.
 */
export function gather(engine: Engine, { x, rows, n, indices, count, y }: Gather): void {
  assertRows(engine, "gather", { rows, indices, count });
  engine.run("gather", [x, indices, y, rows, n], { total: count, grain: Math.ceil(8192 / Math.max(1, n)) });
}

/**
 * x[indices[i]] += y[i], row by row, in order: a row that is named twice gets both. y must not overlap x.
 *
 * @throws RangeError where an index is no row of x; nothing is written then.
 */
export function scatterAdd(engine: Engine, { x, rows, n, indices, count, y }: Gather): void {
  assertRows(engine, "scatterAdd", { rows, indices, count });
  engine.run("scatterAdd", [x, indices, y, count, n], { total: n, grain: 32 });
}

function assertRows(
  { heap }: Engine,
  name: string,
  { rows, indices, count }: Pick<Gather, "rows" | "indices" | "count">,
): void {
  const given = new Int32Array(heap.memory.buffer, indices, count);
  const at = given.findIndex((index) => index < 0 || index >= rows);
  if (at < 0) return;
  throw new RangeError(`${name}: expected indices in [0, ${rows}), received ${given[at]} at position ${at}`);
}

export interface SegmentSum {
  /** [m, n] */
  readonly x: number;
  readonly m: number;
  readonly n: number;
  /** int32 [m] */
  readonly ids: number;
  readonly segments: number;
  /** [segments, n] */
  readonly y: number;
}

/**
 * y[s] = the sum of those rows of x whose id is s, in their order; zero where there is none. A row
 * whose id lies outside [0, segments) is dropped. The gradient of `gather`.
 */
export function segmentSum(engine: Engine, { x, m, n, ids, segments, y }: SegmentSum): void {
  if (n === 0 || segments === 0) return;
  const byColumns = n >= 64 || n > segments; // each thread reads all ids: few wide chunks
  const range = byColumns ? { total: n, grain: 32 } : { total: segments, grain: 256 };
  engine.run("segmentSum", [x, ids, y, m, n, segments, +byColumns], range);
}

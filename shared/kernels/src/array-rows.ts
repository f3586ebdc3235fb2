import { assertShape } from "@course/core";
import type { Arrays } from "./arrays.ts";
import type { Engine } from "./engine.ts";
import { gather, scatterAdd } from "./gather.ts";

export interface ArrayRows {
  /** [rows, n], row-major */
  readonly table: Float32Array;
  /** [count] rows of the table. */
  readonly ids: Int32Array;
  /** [count, n]; must not overlap the table. */
  readonly rows: Float32Array;
  readonly n: number;
}

/**
 * rows[i] = table[ids[i]]. Arrays of `kernels.allocate` are used in place.
 *
 * @throws ShapeError for an array of another length; RangeError for an id that is no row.
 */
export function takeRows(engine: Engine, arrays: Arrays, options: ArrayRows): void {
  const { table, ids, rows, n } = checked("takeRows", options);
  arrays.withAddresses([table, words(ids)], rows, false, ([x, indices], y) =>
    gather(engine, { x, rows: table.length / n, n, indices, count: ids.length, y }),
  );
}

/** table[ids[i]] += rows[i], in order: a row that is named twice gets both. Otherwise as `takeRows`. */
export function addRows(engine: Engine, arrays: Arrays, options: ArrayRows): void {
  const { table, ids, rows, n } = checked("addRows", options);
  arrays.withAddresses([words(ids), rows], table, true, ([indices, y], x) =>
    scatterAdd(engine, { x, rows: table.length / n, n, indices, count: ids.length, y }),
  );
}

function checked(name: string, options: ArrayRows): ArrayRows {
  const { table, ids, rows, n } = options;
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`${name} n: expected a whole number ≥ 1, received ${n}`);
  assertShape(`${name} table`, [table.length], { rows·n: n * Math.floor(table.length / n) });
  assertShape(`${name} rows`, [rows.length], { ids·n: ids.length * n });
  return options;
}

/** The same bytes under the type that is copied and addressed alike. */
const words = ({ buffer, byteOffset, length }: Int32Array) => new Float32Array(buffer, byteOffset, length);

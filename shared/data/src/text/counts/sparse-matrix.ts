import { addRows } from "./add-rows.ts";

/** Rows of a matrix that is mostly zero. */
export interface SparseMatrix {
  readonly shape: readonly [rows: number, columns: number];
  /** [rows + 1]: row i has the entries starts[i] … starts[i + 1] − 1. */
  readonly starts: Int32Array;
  /** [entries] ascending within a row. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** A·x for a dense x [columns, width] → [rows, width], flattened. */
export function multiply(
  { shape, starts, columns, values }: SparseMatrix,
  x: Float64Array,
  width: number,
): Float64Array {
  const y = new Float64Array(shape[0] * width);
  for (let row = 0; row < shape[0]; row++) {
    const [from, to] = [starts[row]!, starts[row + 1]!];
    const entries = { rows: columns.subarray(from, to), factors: values.subarray(from, to), width };
    addRows(y.subarray(row * width, (row + 1) * width), x, entries);
  }
  return y;
}

export function transpose({ shape, starts, columns, values }: SparseMatrix): SparseMatrix {
  const ends = new Int32Array(shape[1] + 1);
  for (const column of columns) ends[column + 1]! += 1;
  for (let column = 0; column < shape[1]; column++) ends[column + 1]! += ends[column]!;
  const places = ends.slice(); // of each column's next entry
  const [rows, moved] = [new Int32Array(columns.length), new Float64Array(columns.length)];
  for (let row = 0; row < shape[0]; row++)
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const place = places[columns[entry]!]++;
      rows[place] = row;
      moved[place] = values[entry]!;
    }
  return { shape: [shape[1], shape[0]], starts: ends, columns: rows, values: moved };
}

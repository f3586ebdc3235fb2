/** Rows of a matrix that is mostly zero. */
export interface SparseMatrix {
  readonly shape: readonly [rows: number, columns: number];
  /** [rows + 1]: row i has the entries starts[i] … starts[i + 1] − 1. */
  readonly starts: Int32Array;
  /** [entries] ascending within a row. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** A·x for a dense x [columns, width] → [rows, width], flattened; with `transposed` Aᵀ·x for x [rows, width]. */
export function multiply(
  { shape, starts, columns, values }: SparseMatrix,
  x: Float64Array,
  { width, transposed = false }: { readonly width: number; readonly transposed?: boolean },
): Float64Array {
  const y = new Float64Array(shape[transposed ? 1 : 0] * width);
  for (let row = 0; row < shape[0]; row++)
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const [to, from] = transposed ? [columns[entry]!, row] : [row, columns[entry]!];
      const value = values[entry]!;
      for (let i = 0; i < width; i++) y[to * width + i]! += value * x[from * width + i]!;
    }
  return y;
}

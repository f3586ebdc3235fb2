import type { Random } from "./random.ts";
import { assertShape } from "./shape.ts";

/** Row-major float64 matrix. Small on purpose: a reference to check against, not a fast path. */
export interface Matrix {
  readonly shape: readonly [rows: number, columns: number];
  readonly data: Float64Array;
}

/** [rows, columns] of zeros. */
export function zeros(rows: number, columns: number): Matrix {
  return { shape: [rows, columns], data: new Float64Array(rows * columns) };
}

/** A matrix from its rows, which must all have one length. */
export function matrix(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  rows.forEach((row, i) => {
    assertShape(`matrix row ${i}`, [row.length], { columns });
  });
  return { shape: [rows.length, columns], data: Float64Array.from(rows.flat()) };
}

/** [rows, columns] uniform in [−limit, limit). */
export function uniform(rows: number, columns: number, limit: number, random: Random): Matrix {
  const result = zeros(rows, columns);
  for (let i = 0; i < result.data.length; i++) result.data[i] = random.uniform(-limit, limit);
  return result;
}

/** a [m, k] · b [k, n] → [m, n] */
export function matmul(a: Matrix, b: Matrix): Matrix {
  const [m, k] = a.shape;
  const n = b.shape[1];
  assertShape("matmul b", b.shape, { k, n: null });
  const result = zeros(m, n);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const factor = a.data[i * k + p];
      for (let j = 0; j < n; j++) result.data[i * n + j] += factor * b.data[p * n + j];
    }
  }
  return result;
}

/** a [m, n] → [n, m] */
export function transpose(a: Matrix): Matrix {
  const [m, n] = a.shape;
  const result = zeros(n, m);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) result.data[j * m + i] = a.data[i * n + j];
  return result;
}

/** a [m, n] + row [1, n], the row added to every row of a → [m, n] */
export function addRow(a: Matrix, row: Matrix): Matrix {
  const [, n] = a.shape;
  assertShape("addRow row", row.shape, { rows: 1, columns: n });
  return { shape: a.shape, data: a.data.map((value, i) => value + row.data[i % n]) };
}

/** Σ over rows: a [m, n] → [1, n] */
export function sumRows(a: Matrix): Matrix {
  const [, n] = a.shape;
  const result = zeros(1, n);
  a.data.forEach((value, i) => {
    result.data[i % n] += value;
  });
  return result;
}

/** Applies `f` to every element. */
export function mapMatrix(a: Matrix, f: (value: number) => number): Matrix {
  return { shape: a.shape, data: a.data.map(f) };
}

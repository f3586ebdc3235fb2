import { ShapeError } from "@course/core";
import { assertFinite, assertPositiveInteger } from "./input-checks.ts";

/**
 * a·b / (|a| |b|), in [−1, 1]: 1 for one direction, 0 for right angles, whatever the lengths. A zero vector has
 * no direction and scores 0, as in scikit-learn.
 *
 * @param a [dimension]
 * @param b [dimension]
 * @throws ShapeError if the dimensions differ; RangeError for empty vectors or a value that is not finite.
 */
export function cosineSimilarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length)
    throw new ShapeError(
      `cosineSimilarity b: expected [dimension=${a.length}], received [${b.length}] (embeddings of another model?)`,
    );
  return cosineMatrix(a, b, { dimension: a.length })[0];
}

/**
 * Cosine similarity of every row of `a` with every row of `b`.
 *
 * @param a [m, dimension] flattened.
 * @param b [n, dimension] flattened; `a` itself by giving it twice.
 * @returns [m, n] flattened, each in [−1, 1]; empty where either has no rows.
 * @throws ShapeError if either is not whole rows; RangeError for a value that is not finite.
 */
export function cosineMatrix(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { dimension }: { dimension: number },
): Float64Array {
  const left = unitRows("cosineMatrix a", a, dimension);
  const right = a === b ? left : unitRows("cosineMatrix b", b, dimension);
  const [m, n] = [a.length / dimension, b.length / dimension];
  const result = new Float64Array(m * n);
  const isSymmetric = left === right; // then every pair is worked out once
  for (let i = 0; i < m; i++)
    for (let j = isSymmetric ? i : 0; j < n; j++) {
      let dot = 0;
      for (let d = 0; d < dimension; d++) dot += left[i * dimension + d] * right[j * dimension + d];
      result[i * n + j] = Math.max(-1, Math.min(1, dot)); // rounding reaches 1 + 2e-16
      if (isSymmetric) result[j * n + i] = result[i * n + j];
    }
  return result;
}

/** Each row divided by its length; a zero row stays zero. */
function unitRows(where: string, rows: ArrayLike<number>, dimension: number): Float64Array {
  assertPositiveInteger(`${where} dimension`, dimension);
  if (rows.length % dimension !== 0)
    throw new ShapeError(
      `${where}: expected [rows, dimension=${dimension}] flattened, received ${rows.length} values ` +
        "(embeddings of another dimension?)",
    );
  assertFinite(where, rows);
  const unit = Float64Array.from(rows);
  for (let first = 0; first < unit.length; first += dimension) {
    const row = unit.subarray(first, first + dimension);
    const largest = row.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (largest === 0) continue;
    let squares = 0; // of values scaled to at most 1: squares of 1e200 would overflow
    for (let d = 0; d < dimension; d++) squares += (row[d] / largest) ** 2;
    const length = Math.sqrt(squares);
    for (let d = 0; d < dimension; d++) row[d] = row[d] / largest / length;
  }
  return unit;
}

import type { Random } from "@course/core";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { addRows } from "./add-rows.ts";
import { multiply, type SparseMatrix, transpose } from "./sparse-matrix.ts";

export interface SvdOptions {
  /** Singular values to find; fewer than the matrix has. */
  readonly dimension: number;
  readonly random: Random;
  /** Rounds of the power iteration; each sharpens the split from the values left out. Default 3. */
  readonly iterations?: number;
}

export interface TruncatedSvd {
  /** U [rows, dimension] flattened, columns of length 1. */
  readonly left: Float64Array;
  /** σ [dimension], the greatest first. */
  readonly values: Float64Array;
}

const MORE = 16; // columns beyond those asked for: they catch what the last ones would lose

/**
 * The greatest singular values and their left vectors, by randomised subspace iteration (Halko, Martinsson & Tropp,
 * 2011, algorithms 4.4 and 5.1). The sign of a vector is arbitrary.
 *
 * @throws RangeError for a dimension that the matrix does not have.
 */
export function truncatedSvd(matrix: SparseMatrix, { dimension, random, iterations = 3 }: SvdOptions): TruncatedSvd {
  const [rows, columns] = matrix.shape;
  const most = Math.min(rows, columns);
  if (!(dimension >= 1 && dimension <= most))
    throw new RangeError(`truncatedSvd dimension: expected 1 to ${most}, received ${dimension}`);
  const width = Math.min(dimension + MORE, most);
  const transposed = transpose(matrix);
  let x: Float64Array = Float64Array.from({ length: columns * width }, () => random.normal());
  for (let i = 0; i < iterations; i++) x = orthonormal(multiply(transposed, multiply(matrix, x, width), width), width);
  const basis = orthonormal(multiply(matrix, x, width), width); // Q [rows, width]
  const { vectors, values } = eigen(multiply(transposed, basis, width), width); // of AᵀQ [columns, width]
  const left = times(basis, vectors.slice(0, dimension));
  return { left, values: Float64Array.from({ length: dimension }, (_, j) => Math.sqrt(Math.max(0, values[j]!))) };
}

/** Columns of the same span, of length 1 and at right angles: x·V·Λ^(−1/2) for xᵀx = V·Λ·Vᵀ. */
function orthonormal(x: Float64Array, width: number): Float64Array {
  const { vectors, values } = eigen(x, width);
  const least = values[0]! * 1e-14; // what is smaller is rounding: such a column becomes zero
  const scaled = vectors.map((vector, j) => {
    const scale = values[j]! > least ? 1 / Math.sqrt(values[j]!) : 0;
    return vector.map((value) => value * scale);
  });
  return times(x, scaled);
}

/** x·V for x [n, width] and the columns of V, `width` numbers each → [n, columns], flattened. */
function times(x: Float64Array, columns: readonly (readonly number[])[]): Float64Array {
  const [width, length] = [columns.length, columns[0]!.length];
  const byRows = Float64Array.from({ length: length * width }, (_, k) => columns[k % width]![Math.floor(k / width)]!);
  const rows = Int32Array.from({ length }, (_, i) => i);
  const count = x.length / length;
  const y = new Float64Array(count * width);
  for (let row = 0; row < count; row++) {
    const factors = x.subarray(row * length, (row + 1) * length);
    addRows(y.subarray(row * width, (row + 1) * width), byRows, { rows, factors, width });
  }
  return y;
}

/** Eigenvalues of xᵀx, the greatest first, and its eigenvectors. */
function eigen(x: Float64Array, width: number): { values: number[]; vectors: number[][] } {
  const products = lowerGram(x, width);
  const symmetric = Matrix.zeros(width, width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) symmetric.set(i, j, products[Math.max(i, j)]![Math.min(i, j)]!);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    values: order.map((i) => realEigenvalues[i]!),
    vectors: order.map((i) => eigenvectorMatrix.getColumn(i)),
  };
}

const ROWS = 64; // added up while they are in the cache

/** xᵀx for x [n, width], on and below the diagonal. */
function lowerGram(x: Float64Array, width: number): Float64Array[] {
  const products = Array.from({ length: width }, (_, i) => new Float64Array(i + 1));
  for (let start = 0; start < x.length; start += ROWS * width) {
    const block = x.subarray(start, start + ROWS * width);
    const rows = Int32Array.from({ length: block.length / width }, (_, row) => row);
    const factors = new Float64Array(rows.length);
    products.forEach((product, i) => {
      for (const row of rows) factors[row] = block[row * width + i]!;
      addRows(product, block, { rows, factors, width });
    });
  }
  return products;
}

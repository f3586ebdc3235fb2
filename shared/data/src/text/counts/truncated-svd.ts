import type { Random } from "@course/core";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { multiply, type SparseMatrix } from "./sparse-matrix.ts";

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
  let x: Float64Array = Float64Array.from({ length: columns * width }, () => random.normal());
  for (let i = 0; i < iterations; i++) {
    const y = orthonormal(multiply(matrix, x, { width }), width);
    x = orthonormal(multiply(matrix, y, { width, transposed: true }), width);
  }
  const basis = orthonormal(multiply(matrix, x, { width }), width); // Q [rows, width]
  const projected = multiply(matrix, basis, { width, transposed: true }); // AᵀQ [columns, width]
  const { vectors, values } = eigen(projected, width);
  const left = new Float64Array(rows * dimension);
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < dimension; j++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += basis[row * width + i]! * vectors[j]![i]!;
      left[row * dimension + j] = sum;
    }
  return { left, values: Float64Array.from({ length: dimension }, (_, j) => Math.sqrt(Math.max(0, values[j]!))) };
}

/** Columns of the same span, of length 1 and at right angles: x·V·Λ^(−1/2) for xᵀx = V·Λ·Vᵀ. */
function orthonormal(x: Float64Array, width: number): Float64Array {
  const { vectors, values } = eigen(x, width);
  const least = values[0]! * 1e-14; // what is smaller is rounding: such a column becomes zero
  const scales = values.map((value) => (value > least ? 1 / Math.sqrt(value) : 0));
  const y = new Float64Array(x.length);
  for (let row = 0; row < x.length; row += width)
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += x[row + i]! * vectors[j]![i]!;
      y[row + j] = sum * scales[j]!;
    }
  return y;
}

/** Eigenvalues of xᵀx, the greatest first, and its eigenvectors. */
function eigen(x: Float64Array, width: number): { values: number[]; vectors: number[][] } {
  const gram = new Float64Array(width * width);
  for (let row = 0; row < x.length; row += width)
    for (let i = 0; i < width; i++) {
      const factor = x[row + i]!;
      for (let j = i; j < width; j++) gram[i * width + j]! += factor * x[row + j]!;
    }
  const symmetric = Matrix.zeros(width, width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) symmetric.set(i, j, gram[Math.min(i, j) * width + Math.max(i, j)]!);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    values: order.map((i) => realEigenvalues[i]!),
    vectors: order.map((i) => eigenvectorMatrix.getColumn(i)),
  };
}

import { assertShape, type Matrix, matmul, transpose } from "@course/core";
import { loadKernels } from "@course/kernels";

/** A matrix, row after row in one array: entry (i, j) is `data[i * columns + j]`. */
export interface Tensor {
  readonly shape: readonly [rows: number, columns: number];
  readonly data: Float32Array | Float64Array;
}

/** What a network computes with. */
export interface Arithmetic {
  readonly name: string;
  /** A new [rows, columns]. */
  zeros(rows: number, columns: number): Tensor;
  /** The same, to be kept as long as the program runs, where `addProduct` need not copy it from. */
  parameter(rows: number, columns: number): Tensor;
  /** c += a·b for c [m, n], a [m, k], b [k, n]. Where told so it reads a or b as its transpose, without a copy. */
  addProduct(c: Tensor, a: Tensor, b: Tensor, options?: { transposeA?: boolean; transposeB?: boolean }): void;
}

/** To train with: float32, and a product as fast as BLAS. */
export async function loadFloat32(): Promise<Arithmetic> {
  const { sgemm, allocate, vectorWidth } = await loadKernels();
  return {
    name: `typed arrays, ${vectorWidth}-bit products of @course/kernels, 1 thread`,
    zeros: (rows, columns) => ({ shape: [rows, columns], data: new Float32Array(rows * columns) }),
    parameter: (rows, columns) => ({ shape: [rows, columns], data: allocate(rows * columns) }),
    addProduct(c, a, b, { transposeA = false, transposeB = false } = {}) {
      const [[m, n], k] = [c.shape, a.shape[transposeA ? 0 : 1]];
      const [aData, bData, cData] = [a.data, b.data, c.data] as Float32Array[];
      sgemm({ m, n, k, a: aData, b: bData, c: cData, transposeA, transposeB, accumulate: true });
    },
  };
}

/** To check gradients with: float64, where rounding hides no mistake. */
export const float64: Arithmetic = {
  name: "float64",
  zeros: (rows, columns) => ({ shape: [rows, columns], data: new Float64Array(rows * columns) }),
  parameter: (rows, columns) => float64.zeros(rows, columns),
  addProduct(c, a, b, { transposeA = false, transposeB = false } = {}) {
    const [left, right] = [a, b] as Matrix[];
    const product = matmul(transposeA ? transpose(left) : left, transposeB ? transpose(right) : right);
    assertShape("addProduct c", c.shape, { m: product.shape[0], n: product.shape[1] });
    for (let i = 0; i < c.data.length; i++) c.data[i] += product.data[i];
  },
};

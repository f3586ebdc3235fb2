import { loadKernels } from "@course/kernels";
import type { Arithmetic } from "../src/tensor.ts";

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

import { assertShape, type Matrix, matmul, transpose } from "@course/core";
import type { Arithmetic } from "../src/tensor.ts";

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

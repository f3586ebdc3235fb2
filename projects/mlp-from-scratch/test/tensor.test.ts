import { createRandom } from "@course/core";
import { assertClose } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { float64 } from "../arithmetic/float64.ts";
import type { Tensor } from "../src/tensor.ts";
import { randomTensor, tensor } from "./cases.ts";

const float32Of = ({ shape, data }: Tensor): Tensor => ({ shape, data: Float32Array.from(data) });
const transposes = [{}, { transposeA: true }, { transposeB: true }, { transposeA: true, transposeB: true }];

describe("addProduct", () => {
  test("hand-worked, and added to what was there", () => {
    const c = tensor([100, 200]);
    float64.addProduct(c, tensor([1, 2]), tensor([3, 4], [5, 6]));
    expect([...c.data]).toEqual([113, 216]); // 1·3 + 2·5, 1·4 + 2·6
  });
  test.each(transposes)("an operand as its transpose: %o", ({ transposeA = false, transposeB = false }) => {
    const c = float64.zeros(1, 2);
    const a = transposeA ? tensor([1], [2]) : tensor([1, 2]);
    const b = transposeB ? tensor([3, 5], [4, 6]) : tensor([3, 4], [5, 6]);
    float64.addProduct(c, a, b, { transposeA, transposeB });
    expect([...c.data]).toEqual([13, 16]);
  });
  test.each(transposes)("float32 agrees with float64: %o", async ({ transposeA = false, transposeB = false }) => {
    const float32 = await loadFloat32();
    const random = createRandom(4);
    for (const [m, n, k] of [
      [1, 1, 1],
      [3, 5, 7],
      [64, 10, 33],
    ] as const) {
      const a = randomTensor(...((transposeA ? [k, m] : [m, k]) as [number, number]), random);
      const b = randomTensor(...((transposeB ? [n, k] : [k, n]) as [number, number]), random);
      const c = randomTensor(m, n, random);
      const c32 = float32Of(c);
      float64.addProduct(c, a, b, { transposeA, transposeB });
      float32.addProduct(c32, float32Of(a), float32Of(b), { transposeA, transposeB });
      assertClose("c", c32.data, c.data, { relative: 1e-5, absolute: 1e-5 });
    }
  });
  test("refuses what does not fit, in both precisions", async () => {
    const float32 = await loadFloat32();
    expect(() => float64.addProduct(float64.zeros(2, 2), float64.zeros(2, 3), float64.zeros(4, 2))).toThrow(
      "matmul b: expected [k=3, n]",
    );
    expect(() => float64.addProduct(float64.zeros(2, 5), float64.zeros(2, 3), float64.zeros(3, 2))).toThrow(
      "addProduct c: expected [m=2, n=2]",
    );
    expect(() => float32.addProduct(float32.zeros(2, 2), float32.zeros(2, 3), float32.zeros(4, 2))).toThrow(
      "sgemm b: expected [k·n=6], received [8]",
    );
  });
});

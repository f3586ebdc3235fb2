import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { expectAgreement, randomTensor, startBackends, tf } from "./both-backends.ts";

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 17, 31, 33, 64, 97));

describe.each([128, 256] as const)("matMul, %i-bit kernels", { timeout: 120_000 }, (width) => {
  beforeAll(() => startBackends(width));

  test("hand-worked, all transposes", () => {
    const a = [
      [1, 2, 3],
      [4, 5, 6],
    ]; // prettier-ignore
    const b = [
      [1, 0],
      [0, 1],
      [1, 1],
    ]; // prettier-ignore
    const product = [1 + 3, 2 + 3, 4 + 6, 5 + 6];
    const [aT, bT] = [tf.transpose(a), tf.transpose(b)];
    expect([...tf.matMul(a, b).dataSync()]).toEqual(product);
    expect([...tf.matMul(aT, b, true).dataSync()]).toEqual(product);
    expect([...tf.matMul(a, bT, false, true).dataSync()]).toEqual(product);
    expect([...tf.matMul(aT, bT, true, true).dataSync()]).toEqual(product);
    tf.dispose([aT, bT]);
  });

  test("agrees with the cpu backend for any size, transpose and batch", () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ m: size, k: size, n: size, transposeA: fc.boolean(), transposeB: fc.boolean() }),
        fc.constantFrom([], [1], [3], [2, 3]),
        ({ m, k, n, transposeA, transposeB }, batch) =>
          expectAgreement(() => {
            const a = randomTensor([...batch, ...(transposeA ? [k, m] : [m, k])], 1);
            const b = randomTensor([...batch, ...(transposeB ? [n, k] : [k, n])], 2);
            return tf.matMul(a, b, transposeA, transposeB);
          }),
      ),
      { numRuns: 150 },
    ));

  test("batch axes broadcast both ways", () => {
    const a = tf.tensor([1, 2], [2, 1, 1, 1]);
    const b = tf.tensor([10, 100, 1000], [1, 3, 1, 1]);
    const product = tf.matMul(a, b);
    expect(product.shape).toEqual([2, 3, 1, 1]);
    expect([...product.dataSync()]).toEqual([10, 100, 1000, 20, 200, 2000]);
    tf.dispose([a, b, product]);
  });

  test.each(["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu"] as const)(
    "fused with bias and %s",
    (activation) =>
      expectAgreement(() => {
        const [a, b] = [randomTensor([5, 7], 1) as tf.Tensor2D, randomTensor([7, 18], 2) as tf.Tensor2D];
        return tf.fused.matMul({ a, b, bias: randomTensor([18], 3), activation, leakyreluAlpha: 0.2 });
      }),
  );

  test("integers multiply exactly, as confusion matrices need", () =>
    expectAgreement(() =>
      tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2], "int32"), tf.tensor2d([5, 6, 7, 8], [2, 2], "int32")),
    ));

  test("an empty batch and an empty sum", () => {
    const empty = tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2]));
    expect(empty.shape).toEqual([0, 2]);
    expect([...tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 2])).dataSync()]).toEqual([0, 0, 0, 0]);
  });

  test("NaN and infinity come out as NaN and infinity", () => {
    const y = tf
      .matMul(
        [
          [Number.NaN, 0],
          [Number.POSITIVE_INFINITY, 1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      )
      .dataSync(); // prettier-ignore
    expect([...y]).toEqual([Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN]);
  });

  test("shapes that do not fit are refused", () => {
    expect(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([4, 2]))).toThrow("inner shapes (3) and (4)");
  });
});

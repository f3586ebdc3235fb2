import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { expectAgreement, randomTensor, startBackends, tf } from "./both-backends.ts";

const small = (max: number) => fc.integer({ min: 1, max });
const shapes = fc
  .record({
    batch: small(3),
    height: small(12),
    width: small(12),
    channels: fc.oneof(small(5), fc.constantFrom(8, 17)),
    filter: fc.tuple(small(4), small(4)),
    strides: fc.tuple(small(3), small(3)),
    pad: fc.constantFrom("same", "valid") as fc.Arbitrary<"same" | "valid">,
  })
  .filter(({ pad, height, width, filter }) => pad === "same" || (height >= filter[0] && width >= filter[1]));

describe.each([128, 256] as const)("pooling, %i-bit kernels", { timeout: 120_000 }, (width) => {
  beforeAll(() => startBackends(width));

  test("maxPool and its gradient agree with the cpu backend", () =>
    fc.assert(
      fc.asyncProperty(shapes, (s) =>
        expectAgreement(() => {
          const x = randomTensor([s.batch, s.height, s.width, s.channels], 1);
          const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, s.filter, s.strides, s.pad);
          return [pool(x), tf.grad(pool)(x, randomTensor(pool(x).shape, 2))];
        }),
      ),
      { numRuns: 150 },
    ));

  test("avgPool agrees with the cpu backend", () =>
    fc.assert(
      fc.asyncProperty(shapes, (s) =>
        expectAgreement(() => {
          const x = randomTensor([s.batch, s.height, s.width, s.channels], 1) as tf.Tensor4D;
          return tf.avgPool(x, s.filter, s.strides, s.pad);
        }),
      ),
      { numRuns: 150 },
    ));

  // TensorFlow.js's own gradient is wrong at a padded border, on every backend: so not against cpu.
  test("avgPool is linear, so its gradient is its adjoint: Σ dx·z = Σ dy·avgPool(z) for any z", () =>
    fc.assert(
      fc.property(shapes, (s) =>
        tf.tidy(() => {
          const pool = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, s.filter, s.strides, s.pad);
          const [x, z] = [1, 2].map((seed) => randomTensor([s.batch, s.height, s.width, s.channels], seed));
          const y = pool(z!);
          const dy = randomTensor(y.shape, 3);
          const dx = tf.grad(pool)(x!, dy);
          const [left, right] = [tf.sum(tf.mul(dx, z!)), tf.sum(tf.mul(dy, y))].map((sum) => sum.dataSync()[0]!);
          const scale = tf.sum(tf.abs(tf.mul(dy, y))).dataSync()[0]!;
          expect(Math.abs(left! - right!)).toBeLessThanOrEqual(1e-5 * scale);
        }),
      ),
      { numRuns: 150 },
    ));

  test("hand-worked: where ReLU left ties, the gradient is given once", () => {
    const x = tf.tensor4d([0, 0, 0, 0, 1, 5, 5, 2], [2, 2, 2, 1]);
    const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid");
    const dx = tf.grad(pool)(x, tf.tensor4d([7, 9], [2, 1, 1, 1]));
    expect([...dx.dataSync()]).toEqual([7, 0, 0, 0, 0, 9, 0, 0]);
  });

  test("NaN in a window is its result", () => {
    const x = tf.tensor4d([Number.NaN, 1, 2, 3, 4, 5, 6, 7], [1, 2, 4, 1]);
    expect([...tf.maxPool(x, 2, 2, "valid").dataSync()]).toEqual([Number.NaN, 7]);
    expect([...tf.avgPool(x, 2, 2, "valid").dataSync()]).toEqual([Number.NaN, (2 + 3 + 6 + 7) / 4]);
  });
});

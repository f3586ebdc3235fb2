import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { expectAgreement, randomTensor, startBackends, tf } from "./both-backends.ts";

const small = fc.integer({ min: 1, max: 9 });
const shape = fc.oneof(
  fc.array(small, { minLength: 0, maxLength: 4 }),
  fc.tuple(fc.constantFrom(1, 255, 256, 300), fc.integer({ min: 1, max: 40 })),
);
const runs = { numRuns: 50 };

describe.each([128, 256] as const)("elementwise and reductions, %i-bit kernels", { timeout: 120_000 }, (width) => {
  beforeAll(() => startBackends(width));

  test.each(["exp", "tanh", "sigmoid", "relu"] as const)("%s and its gradient agree with the cpu backend", (name) =>
    fc.assert(
      fc.asyncProperty(shape, (size) =>
        expectAgreement(() => {
          const f = (x: tf.Tensor) => tf[name](x);
          const x = tf.mul(randomTensor(size, 1), 2);
          return [f(x), tf.grad(f)(x, randomTensor(size, 2))];
        }),
      ),
      runs,
    ),
  );

  test("second derivatives, where our gradient stands back", () =>
    expectAgreement(() => {
      const f = (x: tf.Tensor) => tf.mul(tf.relu(x), tf.square(x)); // f″ = 6x where x > 0
      return tf.grad((x) => tf.grad(f)(x))(randomTensor([7], 1));
    }));

  test("add: equal shapes, a bias on either side, any broadcast", () =>
    fc.assert(
      fc.asyncProperty(shape, fc.nat(4), fc.boolean(), fc.boolean(), (size, cut, isSwapped, hasOne) =>
        expectAgreement(() => {
          const [a, b] = [
            randomTensor(size, 1),
            randomTensor([...(hasOne ? [1] : []), ...size.slice(cut)].slice(-4), 2),
          ];
          return isSwapped ? tf.add(b, a) : tf.add(a, b);
        }),
      ),
      runs,
    ));

  test("sum over any axes", () =>
    fc.assert(
      fc.asyncProperty(shape, fc.subarray([0, 1, 2, 3]), fc.boolean(), (size, axes, keepDims) =>
        expectAgreement(() => {
          const x = tf.add(randomTensor(size, 1), 1); // away from 0: the tolerance is relative
          const own = axes.filter((axis) => axis < size.length);
          return tf.sum(x, own.length > 0 ? own : undefined, keepDims);
        }),
      ),
      runs,
    ));

  test("softmax", () =>
    fc.assert(
      fc.asyncProperty(shape, (size) => expectAgreement(() => tf.softmax(randomTensor([...size, 5], 1)))),
      runs,
    ));

  test("argMax along any axis, of floats and integers", () =>
    fc.assert(
      fc.asyncProperty(shape, fc.integer({ min: -1, max: 3 }), fc.boolean(), (size, axis, isInteger) =>
        expectAgreement(() => {
          const x = tf.mul(randomTensor([...size, 5], 1), 2);
          return tf.argMax(isInteger ? tf.cast(x, "int32") : tf.round(x), Math.min(axis, size.length));
        }),
      ),
      runs,
    ));

  test("NaN stays NaN and is never a plausible number", () => {
    const x = tf.tensor1d([Number.NaN, 1, Number.NEGATIVE_INFINITY]);
    expect([...tf.relu(x).dataSync()]).toEqual([Number.NaN, 1, 0]);
    expect(tf.exp(x).dataSync()[0]).toBeNaN();
    expect(tf.tanh(x).dataSync()[0]).toBeNaN();
    expect(tf.sigmoid(x).dataSync()[0]).toBeNaN();
    expect(tf.sum(x).dataSync()[0]).toBeNaN();
    expect([...tf.softmax(x).dataSync()]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(tf.add(x, x).dataSync()[0]).toBeNaN();
  });

  test("empty tensors", () =>
    expectAgreement(() => {
      const x = tf.zeros([0, 8]);
      return [tf.relu(x), tf.add(x, tf.ones([8])), tf.sum(x, 0), tf.exp(x)];
    }));
});

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { expectAgreement, randomTensor, startBackends, tf } from "./both-backends.ts";

const size = fc.integer({ min: 0, max: 9 });
const shape = fc.array(size, { minLength: 1, maxLength: 5 });
const dtype = fc.constantFrom("float32" as const, "int32" as const, "bool" as const);
const some = fc.integer({ min: 1, max: 9 }); // the cpu backend cannot split what is empty
const full = fc.oneof(fc.array(some, { minLength: 1, maxLength: 5 }), fc.tuple(some, fc.integer({ min: 10, max: 70 })));
const runs = { numRuns: 200 };

/** With a column that no vector fills, and rows long enough for one. */
const wide = fc.oneof(shape, fc.tuple(size, size, fc.integer({ min: 10, max: 70 })));
const of = (sizes: number[], type: "float32" | "int32" | "bool", seed = 1) =>
  tf.cast(tf.mul(randomTensor(sizes, seed), 5), type);

describe.each([128, 256] as const)("copies, %i-bit kernels", { timeout: 120_000 }, (width) => {
  beforeAll(() => startBackends(width));

  test("slice agrees with the cpu backend, whatever is cut off", () =>
    fc.assert(
      fc.asyncProperty(wide, dtype, fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 5 }), (sizes, type, cuts) =>
        expectAgreement(() => {
          const begin = sizes.map((whole, axis) => Math.min(whole, cuts[axis]![0]));
          const left = sizes.map((whole, axis) => Math.max(0, whole - begin[axis]! - cuts[axis]![1]));
          return tf.slice(of(sizes, type), begin, left);
        }),
      ),
      runs,
    ));

  test("concat and split are each other's reverse, and agree with the cpu backend", () =>
    fc.assert(
      fc.asyncProperty(full, dtype, fc.nat(4), fc.array(some, { minLength: 1, maxLength: 4 }), (sizes, type, at, own) =>
        expectAgreement(() => {
          const axis = at % sizes.length;
          const parts = own.map((count, i) => of(sizes.with(axis, count), type, i));
          const whole = tf.concat(parts, axis);
          return [whole, ...tf.split(whole, own, axis)];
        }),
      ),
      runs,
    ));

  test("concat with an empty part", () =>
    expectAgreement(() => tf.concat([randomTensor([3, 4], 1), tf.zeros([3, 0]), randomTensor([3, 2], 2)], 1)));

  test("split into equal parts along a negative axis", () =>
    expectAgreement(() => tf.split(randomTensor([3, 4, 10], 1), 5, -1)));

  test("reverse along one axis, several, none", () =>
    fc.assert(
      fc.asyncProperty(wide, dtype, fc.subarray([0, 1, 2, 3, 4]), (sizes, type, axes) =>
        expectAgreement(() =>
          tf.reverse(
            of(sizes, type),
            axes.filter((axis) => axis < sizes.length),
          ),
        ),
      ),
      runs,
    ));

  test("the gradient of max, equal values among them", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.subarray([0, 1, 2, 3]),
        fc.boolean(),
        (sizes, axes, keepDims) =>
          expectAgreement(() => {
            const own = axes.filter((axis) => axis < sizes.length);
            const f = (x: tf.Tensor) => tf.max(x, own.length > 0 ? own : undefined, keepDims);
            const x = tf.round(tf.mul(randomTensor(sizes, 1), 2));
            return tf.grad(f)(x, randomTensor(f(x).shape, 2));
          }),
      ),
      runs,
    ));

  test("the gradient of max along a negative axis", () =>
    expectAgreement(() => tf.grad((x) => tf.max(x, -2))(randomTensor([3, 4, 5], 1))));

  test("gradients through slice, concat, split and reverse", () =>
    expectAgreement(() => {
      const f = (x: tf.Tensor) => {
        const [a, b] = tf.split(tf.reverse(x, 1), [2, 5], 1) as [tf.Tensor, tf.Tensor];
        return tf.square(
          tf.concat(
            [
              b,
              a,
              tf.pad(tf.slice(x, [1, 0, 2], [2, 7, 4]), [
                [0, 1],
                [0, 0],
                [0, 5],
              ]),
            ],
            1,
          ),
        );
      };
      return tf.grad(f)(randomTensor([3, 7, 9], 1));
    }));

  test("shapes that do not fit are refused", () => {
    const x = randomTensor([3, 4], 1);
    expect(() => tf.slice(x, [2, 0], [2, 4])).toThrow(/begin.*size/);
    expect(() => tf.concat([x, randomTensor([3, 5], 1)], 0)).toThrow("does not match the shape");
    expect(() => tf.split(x, [1, 2], 1)).toThrow("The sum of sizes must match");
  });
});

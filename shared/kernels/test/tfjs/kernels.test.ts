import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { expectAgreement, randomTensor, startBackends, tf } from "./both-backends.ts";

beforeAll(() => startBackends(128));

const small = fc.integer({ min: 1, max: 7 });

describe("gather and its gradient", () => {
  test("agree with the cpu backend", () =>
    fc.assert(
      fc.asyncProperty(small, small, fc.array(fc.nat(6), { minLength: 1, maxLength: 20 }), (rows, columns, ids) =>
        expectAgreement(() => {
          const indices = tf.tensor1d(
            ids.map((id) => id % rows),
            "int32",
          );
          const lookUp = (x: tf.Tensor) => tf.gather(x, indices);
          const x = randomTensor([rows, columns], 1);
          return [lookUp(x), tf.grad(lookUp)(x, randomTensor([ids.length, columns], 2))];
        }),
      ),
    ));
  test("ids outside the range are left out", () => {
    const sums = tf.unsortedSegmentSum(tf.tensor2d([1, 2, 4, 8], [4, 1]), tf.tensor1d([0, -1, 2, 0], "int32"), 2);
    expect([...sums.dataSync()]).toEqual([9, 0]);
  });
});

describe("einsum", () => {
  test.each([
    [
      "ij,jk->ik",
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      "ij,jk->ki",
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      "bij,bjk->bik",
      [
        [5, 2, 3],
        [5, 3, 4],
      ],
    ],
    [
      "ijk,lk->lij",
      [
        [2, 3, 4],
        [5, 4],
      ],
    ],
    [
      "ij,ij->ij",
      [
        [2, 3],
        [2, 3],
      ],
    ],
    ["i,j->ij", [[2], [3]]],
    ["i,i->", [[4], [4]]],
    ["ijk->ki", [[2, 3, 4]]],
    ["ij->", [[2, 3]]],
  ])("%s agrees with the cpu backend", (equation, shapes) =>
    expectAgreement(() => tf.einsum(equation, ...shapes.map((shape, i) => randomTensor(shape, i)))),
  );
});

test("einsum sums away what one operand has alone, where the cpu backend fails", () => {
  // Σ rows of [[1, 2], [3, 4]] = [4, 6], Σ rows of [[1, 0], [1, 2]] = [2, 2]; outer product
  const y = tf.einsum("ij,kl->jl", tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([1, 0, 1, 2], [2, 2]));
  expect([...y.dataSync()]).toEqual([8, 8, 12, 12]);
});

test("a slice that reaches out of its tensor is refused", () => {
  const x = tf.zeros([2, 3]);
  expect(() => tf.slice(x, [1, 1], [2, 1])).toThrow("begin[0] + size[0] (3) would overflow input.shape[0] (2)");
  expect(tf.slice(x, [1, 1], [1, -1]).shape).toEqual([1, 2]);
});

describe("transpose", () => {
  const shuffled = fc
    .array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 })
    .chain((shape) =>
      fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })),
    );
  test("any order of axes, and its gradient, agree with the cpu backend", () =>
    fc.assert(
      fc.asyncProperty(shuffled, ([shape, perm]) =>
        expectAgreement(() => {
          const turned = (x: tf.Tensor) => tf.square(tf.transpose(x, perm));
          const x = randomTensor(shape, 1);
          return [turned(x), tf.grad(turned)(x, randomTensor(turned(x).shape, 2))];
        }),
      ),
    ));
  test("copies nothing where no number moves", () => {
    const buffers = () => tf.memory().numDataBuffers;
    const before = buffers();
    const x = randomTensor([4, 1, 3], 1);
    const y = tf.transpose(x, [1, 0, 2]);
    expect(buffers()).toBe(before + 1);
    const z = tf.transpose(x, [2, 0, 1]);
    expect(buffers()).toBe(before + 2);
    x.dispose();
    expect([...y.dataSync()]).toEqual([...randomTensor([4, 1, 3], 1).dataSync()]);
    expect(y.shape).toEqual([1, 4, 3]);
    tf.dispose([y, z]);
  });
});

describe("cast and identity", () => {
  test("to bool: whatever is not 0 is 1", () => {
    const x = tf.tensor1d([0, -0, 1, -2, 0.25, 256, Number.NaN, Number.NEGATIVE_INFINITY]);
    expect([...tf.cast(x, "bool").dataSync()]).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
    expect([...tf.cast(tf.tensor1d([0, 256, -1], "int32"), "bool").dataSync()]).toEqual([0, 1, 1]);
  });
  test("to int32 towards zero", () => {
    expect([...tf.cast(tf.tensor1d([-1.9, 1.9, 0.5]), "int32").dataSync()]).toEqual([-1, 1, 0]);
  });
  test("a clone outlives the original, and freeing both frees the memory", () => {
    const before = tf.memory().numBytes;
    const x = tf.tensor1d([1, 2, 3]);
    const y = tf.clone(x);
    x.dispose();
    expect([...y.dataSync()]).toEqual([1, 2, 3]);
    y.dispose();
    expect(tf.memory().numBytes).toBe(before);
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { expectAgreement, randomTensor, startBackends, tf } from "./both-backends.ts";

beforeAll(() => startBackends(128));

describe("integers where floats are needed are refused: their bits would read as other numbers", () => {
  const image = () => tf.ones([1, 3, 3, 1], "int32") as tf.Tensor4D;
  const filter = () => tf.ones([2, 2, 1, 1]) as tf.Tensor4D;
  test.each(["conv2d", "depthwiseConv2d"] as const)("%s", (name) =>
    expect(() => tf[name](image(), filter(), 1, "same")).toThrow("must be float32 tensor, but got int32 tensor"),
  );
  test("maxPool", () => expect(() => tf.maxPool(image(), 2, 2, "same")).toThrow("only float32 input is supported"));
  test("elsewhere they are computed as integers", () =>
    expectAgreement(() => {
      const x = tf.tensor2d([-1, 2, 3, -4], [2, 2], "int32");
      return [tf.relu(x), tf.sum(x, 0), tf.add(x, x), tf.maximum(x, 0), tf.gather(x, [1, 0]), tf.matMul(x, x)];
    }));
});

describe("zero-size tensors", () => {
  test("an empty batch through convolutions and pooling", () =>
    expectAgreement(() => {
      const [x, filter] = [tf.zeros([0, 5, 4, 3]) as tf.Tensor4D, randomTensor([2, 2, 3, 4], 1) as tf.Tensor4D];
      const convolve = (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same");
      const y = convolve(x, filter);
      return [y, tf.maxPool(x, 2, 2, "same"), tf.avgPool(x, 2, 2, "same"), ...tf.grads(convolve)([x, filter], y)];
    }));
  test("nothing to gather, nothing to sum", () =>
    expectAgreement(() => {
      const x = randomTensor([3, 2], 1);
      const none = tf.tensor1d([], "int32");
      return [tf.gather(x, none), tf.unsortedSegmentSum(tf.zeros([0, 2]), none, 2), tf.sum(tf.zeros([0, 2]), 0)];
    }));
});

describe("complex tensors, of another backend, are refused", () => {
  const complex = async () => {
    await tf.setBackend("cpu");
    const tensor = tf.complex([1, 2, 3, 4], [5, 6, 7, 8]);
    await tf.setBackend("wasm");
    return tensor;
  };
  test.each([
    ["add", (x: tf.Tensor) => tf.add(x, x)],
    ["relu", (x: tf.Tensor) => tf.relu(x)],
    ["gather", (x: tf.Tensor) => tf.gather(x, [1])],
    ["clone", (x: tf.Tensor) => tf.clone(x)],
  ])("%s", async (_name, operation) => {
    const x = await complex();
    expect(() => operation(x)).toThrow(/^backend wasm: \w+: expected real numbers, received a complex tensor/);
  });
});

test("shapes that do not fit are refused", () => {
  const image = tf.ones([1, 3, 3, 2]) as tf.Tensor4D;
  expect(() => tf.conv2d(image, tf.ones([2, 2, 3, 1]) as tf.Tensor4D, 1, "same")).toThrow("depth of input (2)");
  expect(() => tf.add(tf.ones([3, 9]), tf.ones([8]))).toThrow("could not be broadcast together");
});

test("infinities come out as infinity or NaN", () => {
  const x = tf.tensor4d([Number.POSITIVE_INFINITY, 1, 1, 1], [1, 2, 2, 1]);
  const y = tf.conv2d(x, tf.tensor4d([1, 0, 0, 0], [2, 2, 1, 1]), 1, "valid"); // ∞·1 + 1·0 + …
  expect(y.dataSync()[0]).toBe(Number.POSITIVE_INFINITY);
  expect(tf.conv2d(x, tf.tensor4d([0, 1, 0, 0], [2, 2, 1, 1]), 1, "valid").dataSync()[0]).toBeNaN(); // ∞·0
});

import { beforeAll, describe, expect, test } from "vitest";
import { expectAgreement, randomTensor, startBackends, tf } from "./both-backends.ts";

beforeAll(() => startBackends(128));

const values = [Number.NaN, -2, 0.5, 7, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
const run = (f: (x: tf.Tensor) => tf.Tensor) => tf.tidy(() => [...f(tf.tensor1d(values)).dataSync()]);

describe("NaN stays NaN, where TensorFlow.js's own kernels give a plausible number", () => {
  test("clipByValue", () => expect(run((x) => tf.clipByValue(x, -1, 1))).toEqual([Number.NaN, -1, 0.5, 1, -1, 1]));
  test("relu6", () => expect(run((x) => tf.relu6(x))).toEqual([Number.NaN, 0, 0.5, 6, 0, 6]));
  test("maximum with a number, either way round", () => {
    const expected = [Number.NaN, 0, 0.5, 7, 0, Number.POSITIVE_INFINITY];
    expect(run((x) => tf.maximum(x, 0))).toEqual(expected);
    expect(run((x) => tf.maximum(0, x))).toEqual(expected);
  });
  test("minimum of two arrays", () =>
    expect(run((x) => tf.minimum(tf.reverse1d(x as tf.Tensor1D), x))).toEqual([
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      0.5,
      0.5,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]));
  test("a fused product or convolution with ReLU", () => {
    const bad = tf.tensor2d([Number.NaN, 1], [1, 2]);
    const b = tf.ones([2, 1]) as tf.Tensor2D;
    expect(tf.fused.matMul({ a: bad, b, activation: "relu" }).dataSync()[0]).toBeNaN();
    const [x, filter] = [tf.reshape(bad, [1, 1, 2, 1]) as tf.Tensor4D, tf.ones([1, 2, 1, 1]) as tf.Tensor4D];
    expect(tf.fused.conv2d({ x, filter, strides: 1, pad: "valid", activation: "relu" }).dataSync()[0]).toBeNaN();
  });
});

test("with numbers they agree with the cpu backend, broadcast or not", () =>
  expectAgreement(() => {
    const [x, y] = [randomTensor([3, 4], 1), randomTensor([3, 4], 2)];
    return [
      tf.clipByValue(x, -0.3, 0.4),
      tf.relu6(tf.mul(x, 20)),
      tf.maximum(x, y),
      tf.minimum(x, y),
      tf.maximum(x, randomTensor([4], 3)),
      tf.minimum(tf.scalar(0.1), x),
    ];
  }));

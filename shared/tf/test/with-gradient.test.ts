import { beforeAll, describe, expect, test } from "vitest";
import { tf, useBackend, withGradient } from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

/** x³ · w, whose gradients are dy · 3x²w and dy · x³. */
const cubeTimes = withGradient(
  (x: tf.Tensor1D, w: tf.Tensor1D) => {
    const cube = tf.pow(x, 3);
    return { value: tf.mul(cube, w), saved: [x, w, cube] };
  },
  (dy, x, w, cube) => [tf.mul(dy, tf.mul(tf.mul(3, tf.square(x)), w)), tf.mul(dy, cube)],
);
const x = () => tf.tensor1d([1, 2, -1]);
const w = () => tf.tensor1d([10, 1, 3]);

describe("withGradient", () => {
  test("hand-worked: the value, and the given gradients under an upstream gradient", () => {
    const upstream = tf.tensor1d([1, -2, 0.5]);
    const { value, grads } = tf.valueAndGrads((x, w) => cubeTimes(x as tf.Tensor1D, w as tf.Tensor1D))(
      [x(), w()],
      upstream,
    );
    expect([...value.dataSync()]).toEqual([10, 8, -3]);
    expect([...grads[0]!.dataSync()]).toEqual([30, -24, 4.5]); // dy · 3x²w = 1·30, −2·12, ½·9
    expect([...grads[1]!.dataSync()]).toEqual([1, -16, -0.5]); // dy · x³
  });

  test("takes the gradient that is given, not the one that TensorFlow.js would derive", () => {
    const pretended = withGradient(
      (x: tf.Tensor) => ({ value: tf.square(x), saved: [] }),
      (dy) => [tf.mul(dy, 7)],
    );
    const gradient = tf.grad((x) => pretended(x))(tf.tensor1d([1, 2]));
    expect([...gradient.dataSync()]).toEqual([7, 7]);
  });

  test("keeps nothing without a gradient, and what was saved only until it has run", () => {
    const [a, b] = [x(), w()];
    const before = tf.memory().numTensors;
    cubeTimes(a, b).dispose();
    expect(tf.memory().numTensors).toBe(before);
    for (const gradient of tf.grads((x, w) => cubeTimes(x as tf.Tensor1D, w as tf.Tensor1D))([a, b]))
      gradient.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

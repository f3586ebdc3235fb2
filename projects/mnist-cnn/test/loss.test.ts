import { tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { crossEntropy } from "../src/step.ts";

await useBackend();

const lossOf = (rows: number[][], labels: number[], smoothing = 0) =>
  tf.tidy(() => crossEntropy(tf.tensor2d(rows), Uint8Array.from(labels), smoothing).dataSync()[0]!);

describe("softmax cross-entropy", () => {
  test("3.1 hand-worked", () =>
    // p = (1/4, 3/4) twice; labels 1 and 0: (−ln ¾ − ln ¼) / 2
    expect(
      lossOf(
        [
          [0, Math.log(3)],
          [0, Math.log(3)],
        ],
        [1, 0],
      ),
    ).toBeCloseTo((-Math.log(0.75) - Math.log(0.25)) / 2, 6));
  test("3.1 equal logits cost ln of the number of classes", () =>
    expect(lossOf([Array(10).fill(3)], [7])).toBeCloseTo(Math.log(10), 6));
  test("3.1 a right and certain answer costs nothing; after a second softmax it would cost 1.4612", () =>
    expect(lossOf([Array.from({ length: 10 }, (_, label) => (label === 2 ? 100 : 0))], [2])).toBeCloseTo(0, 6));
  test("3.1 a wrong and certain answer costs the distance of the logits, not infinity", () =>
    expect(lossOf([[1000, -1000]], [1])).toBeCloseTo(2000, 3));
  test("3.1 hand-worked smoothing", () =>
    // 0.1 over two classes: labels (0.05, 0.95), p = (1/4, 3/4)
    expect(lossOf([[0, Math.log(3)]], [1], 0.1)).toBeCloseTo(-0.95 * Math.log(0.75) - 0.05 * Math.log(0.25), 6));
  test("3.1 hand-worked gradient: (p − label) / batch", () => {
    const logits = tf.tensor2d([
      [0, Math.log(3)],
      [0, Math.log(3)],
    ]);
    const gradient = tf.grad((z) => crossEntropy(z as tf.Tensor2D, Uint8Array.of(1, 0), 0))(logits);
    [0.125, -0.125, -0.375, 0.375].forEach((expected, i) => {
      expect(gradient.dataSync()[i]).toBeCloseTo(expected, 6);
    });
  });
  test("3.1 NaN stays NaN, so that a run can stop at it", () => expect(lossOf([[Number.NaN, 1]], [0])).toBeNaN());
});

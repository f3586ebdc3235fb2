import { createRandom } from "@course/core";
import { assertGradient } from "@course/core/testing";
import { tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import { drawCandidates } from "../learners/draw-candidates.ts";
import { correction } from "../src/candidates.ts";
import { crossEntropy, lossGradients, meanLoss } from "../src/loss.ts";
import { ids, int1d, normals } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

describe("cross-entropy", () => {
  const probabilities = () =>
    tf.tensor2d([
      [0.5, 0.25, 0.25],
      [0.1, 0.1, 0.8],
    ]);
  test("3.1 hand-worked: −(log ½ + log 0.1) / 2", () =>
    expect(meanLoss(probabilities(), int1d([0, 1])).dataSync()[0]).toBeCloseTo((Math.log(2) + Math.log(10)) / 2, 6));
  test("3.1 an even guess among 11 words costs ln 11", () =>
    expect(meanLoss(tf.fill([7, 11], 1 / 11), int1d([0, 1, 2, 3, 10, 10, 5])).dataSync()[0]).toBeCloseTo(
      Math.log(11),
      5,
    ));

  test("3.2 hand-worked: one row, two words, one dimension", () => {
    const output = { hidden: tf.tensor2d([[3]]), embeddings: tf.tensor2d([[1], [2]]), bias: tf.tensor1d([0, 0]) };
    const [dh, dE, db] = lossGradients(tf.tensor2d([[0.25, 0.75]]), output, int1d([1]));
    // dh = ¼·1 + ¾·2 − 2 = −¼; dE = [¼·3, ¾·3 − 3]; db = [¼, ¾ − 1]
    expect([...dh!.dataSync()]).toEqual([-0.25]);
    expect([...dE!.dataSync()]).toEqual([0.75, -0.75]);
    expect([...db!.dataSync()]).toEqual([0.25, -0.25]);
  });
  const sizes = { batch: 4, words: 5, dimension: 3 };
  const targets = [2, 0, 2, 4]; // one twice: its rows must add up
  const values = {
    hidden: normals(sizes.batch * sizes.dimension, 1),
    embeddings: normals(sizes.words * sizes.dimension, 2),
    bias: normals(sizes.words, 3),
  };
  const outputOf = ({ hidden, embeddings, bias }: typeof values) => ({
    hidden: tf.tensor2d(hidden, [sizes.batch, sizes.dimension]),
    embeddings: tf.tensor2d(embeddings, [sizes.words, sizes.dimension]),
    bias: tf.tensor1d(bias),
  });
  test("3.2 gradients are those of TensorFlow.js's own softmax cross-entropy, under a gradient from above", () => {
    const own = (h: tf.Tensor, E: tf.Tensor, b: tf.Tensor) => {
      const logits = tf.matMul(h as tf.Tensor2D, E as tf.Tensor2D, false, true).add(b);
      return tf.losses.softmaxCrossEntropy(tf.oneHot(int1d(targets), sizes.words), logits).mul(-1.7) as tf.Scalar;
    };
    const ours = (h: tf.Tensor, E: tf.Tensor, b: tf.Tensor) =>
      crossEntropy({ hidden: h, embeddings: E, bias: b } as never, int1d(targets)).mul(-1.7) as tf.Scalar;
    const { hidden, embeddings, bias } = outputOf(values);
    const [expected, received] = [own, ours].map((f) => tf.grads(f)([hidden, embeddings, bias]));
    expect(ours(hidden, embeddings, bias).dataSync()[0]).toBeCloseTo(own(hidden, embeddings, bias).dataSync()[0]!, 5);
    received!.forEach((gradient, i) => {
      assertGradient(["h", "E", "b"][i]!, gradient.dataSync(), expected![i]!.dataSync(), 1e-5);
    });
  });
});

describe("candidates", () => {
  test("4.1 hand-worked: a quarter of the text, two draws: the chance is 1 − (¾)² = 7/16", () =>
    expect(correction(0.25, 2)).toBeCloseTo(-Math.log(7 / 16), 12));
  test("4.1 a rare word's chance is its share times the draws, without rounding to nothing", () =>
    expect(correction(1e-17, 100)).toBeCloseTo(-Math.log(1e-15), 9));
  test("4.1 a word that is nearly always drawn is not corrected", () =>
    expect(correction(0.05, 5000)).toBeCloseTo(0, 12));
  test("every target and every drawn word is there once, and targets find themselves", () => {
    const text = ids(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    const shares = Float64Array.from({ length: 10 }, () => 0.1);
    const targets = ids(9, 3, 9, 1);
    const drawn = drawCandidates(targets, { shares, drawn: 5, text, random: createRandom(1) });
    expect(new Set(drawn.ids).size).toBe(drawn.ids.length);
    expect([...drawn.targets].map((place) => drawn.ids[place])).toEqual([...targets]);
    expect(drawn.corrections).toHaveLength(drawn.ids.length);
    expect(drawn.ids.length).toBeGreaterThan(3);
    expect(drawn.ids.length).toBeLessThanOrEqual(8);
  });
});

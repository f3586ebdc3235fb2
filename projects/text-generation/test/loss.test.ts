import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { drawCandidates } from "../src/candidates.ts";
import { crossEntropy } from "../src/loss.ts";
import { NONE } from "../src/streams.ts";

await useBackend();

const random = createRandom(5);
const normal = (rows: number, columns: number) =>
  tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.normal()),
    [rows, columns],
  );

/** As TensorFlow.js differentiates it: one-hot targets, places that are NONE left out. */
function reference(hidden: tf.Tensor2D, output: tf.Tensor2D, bias: tf.Tensor1D, targets: Int32Array): tf.Scalar {
  const kept = [...targets.keys()].filter((i) => targets[i] !== NONE);
  const logits = tf.add(tf.matMul(tf.gather(hidden, kept), output, false, true), bias) as tf.Tensor2D;
  const oneHot = tf.oneHot(
    tf.tensor1d(
      kept.map((i) => targets[i]!),
      "int32",
    ),
    output.shape[0],
  );
  return tf.losses.softmaxCrossEntropy(oneHot, logits);
}

describe("softmax cross-entropy", () => {
  test("3.1 hand-worked: equal logits cost ln 4", () => {
    const args = { hidden: tf.zeros([3, 2]) as tf.Tensor2D, output: normal(4, 2), bias: tf.zeros([4]) as tf.Tensor1D };
    expect(crossEntropy(args, Int32Array.of(0, 3, 1)).dataSync()[0]).toBeCloseTo(Math.log(4), 6);
  });
  test.each([
    [5, 3, 7, [1, 6, 1, 0, 4]],
    [4, 1, 2, [1, NONE, 0, 1]],
    [1, 6, 5, [2]],
    [3, 2, 9, [NONE, NONE, 8]],
  ])("3.1 value and gradients as TensorFlow.js's own (n %i, units %i, vocabulary %i)", (n, units, size, list) => {
    const targets = Int32Array.from(list);
    const [hidden, output, bias] = [normal(n, units), normal(size, units), normal(1, size).flatten() as tf.Tensor1D];
    const upstream = 1.7; // not 1: a gradient that forgets dy would pass
    const both = [
      (h: tf.Tensor, W: tf.Tensor, b: tf.Tensor) =>
        crossEntropy({ hidden: h as tf.Tensor2D, output: W as tf.Tensor2D, bias: b as tf.Tensor1D }, targets).mul(
          upstream,
        ),
      (h: tf.Tensor, W: tf.Tensor, b: tf.Tensor) =>
        reference(h as tf.Tensor2D, W as tf.Tensor2D, b as tf.Tensor1D, targets).mul(upstream),
    ].map((loss) => tf.valueAndGrads(loss as never)([hidden, output, bias]));
    expect(both[0]!.value.dataSync()[0]).toBeCloseTo(both[1]!.value.dataSync()[0]!, 5);
    both[0]!.grads.forEach((grad, which) => {
      const [own, theirs] = [grad, both[1]!.grads[which]!].map((tensor) => tensor.dataSync());
      expect(own).toHaveLength(theirs!.length);
      own!.forEach((value, i) => {
        expect(value).toBeCloseTo(theirs![i]!, 5);
      });
    });
  });
  test("3.1 logits of ±1000 do not overflow", () => {
    const hidden = tf.tensor2d([[1], [1]]);
    const output = tf.tensor2d([[1000], [-1000]]);
    expect(
      crossEntropy({ hidden, output, bias: tf.zeros([2]) as tf.Tensor1D }, Int32Array.of(0, 0)).dataSync()[0],
    ).toBeCloseTo(0, 5);
  });
});

describe("candidates of the sampled softmax", () => {
  const text = Int32Array.of(1, 1, 1, 2, 2, 3);
  const shares = Float64Array.of(1 / 6, 3 / 6, 2 / 6, 1 / 6);
  test("3.2 targets have their places in order of appearance; the draws come after; each id once", () => {
    const { ids, targets } = drawCandidates(Int32Array.of(3, NONE, 2, 3), {
      shares,
      text,
      draws: 50,
      random: createRandom(1),
    });
    expect([...targets]).toEqual([0, NONE, 1, 0]);
    expect([...ids]).toEqual([3, 2, 1]); // fifty draws of six places: 1 is among them
  });
  test("3.2 without draws only the targets are candidates", () =>
    expect([...drawCandidates(Int32Array.of(2, 1), { shares, text, draws: 0, random: createRandom(1) }).ids]).toEqual([
      2, 1,
    ]));
  test("3.2 the correction is −log of the chance to be drawn: as often as it is found among two draws", () => {
    // chance of token 3 in 2 draws: 1 − (5/6)² = 11/36
    const random = createRandom(7);
    let found = 0;
    for (let i = 0; i < 4000; i++)
      found += Number(drawCandidates(new Int32Array(0), { shares, text, draws: 2, random }).ids.includes(3));
    expect(found / 4000).toBeCloseTo(11 / 36, 1);
    const targets = Int32Array.of(3, NONE);
    const { ids, corrections } = drawCandidates(targets, { shares, text, draws: 1, random: createRandom(2) });
    expect(corrections[ids.indexOf(3)]).toBeCloseTo(-Math.log(11 / 36), 5); // one target and one draw; NONE is neither
  });
  test("3.2 with every token a candidate and equal chances it is the softmax over all", () => {
    const [hidden, output] = [normal(3, 2), normal(4, 2)];
    const equal = new Float64Array(4).fill(1 / 4);
    const options = { shares: equal, text: Int32Array.of(0, 1, 2, 3), draws: 200, random: createRandom(3) };
    const targets = Int32Array.of(1, 3, 0);
    const { ids, targets: places, corrections } = drawCandidates(targets, options);
    const full = crossEntropy({ hidden, output, bias: tf.zeros([4]) as tf.Tensor1D }, targets);
    const sampled = crossEntropy({ hidden, output: tf.gather(output, ids), bias: tf.tensor1d(corrections) }, places);
    expect(ids).toHaveLength(4);
    expect(sampled.dataSync()[0]).toBeCloseTo(full.dataSync()[0]!, 5);
  });
});

import { takeImages } from "@course/data";
import { tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { noise, tensorOf } from "./cases.ts";

await useBackend();

/** Any network will do: this one needs no solution. */
function buildLinear(): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 4 });
  const { flatten, dense } = tf.layers;
  return tf.sequential({ layers: [flatten({ inputShape: [6, 5, 1] }), dense({ units: 3, kernelInitializer })] });
}

const set = noise(260, { inputShape: [6, 5, 1], numClasses: 3 }); // 250 and a last batch of 10
const model = buildLinear();

describe("evaluation", () => {
  test("4.1 means over examples, not over batches: equal to one image at a time", () => {
    const images = tensorOf(set);
    const logits = (model.apply(images) as tf.Tensor2D).arraySync();
    let [loss, correct] = [0, 0];
    logits.forEach((z, i) => {
      loss += Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[set.labels[i]!]!;
      correct += Number(z.indexOf(Math.max(...z)) === set.labels[i]);
    });
    const result = evaluate(model, set);
    expect(result.loss).toBeCloseTo(loss / 260, 5);
    expect(result.accuracy).toBe(correct / 260);
    images.dispose();
  });
  test("4.1 the order of the examples does not matter", () => {
    const reversed = takeImages(set, Array.from(set.labels.keys()).reverse());
    expect(evaluate(model, reversed).accuracy).toBe(evaluate(model, set).accuracy);
    expect(evaluate(model, reversed).loss).toBeCloseTo(evaluate(model, set).loss, 9);
  });
  test("4.1 answers and how sure it was, image by image", () => {
    const { predicted, confidence, accuracy } = evaluate(model, set);
    expect(predicted).toHaveLength(260);
    expect(predicted.filter((label, i) => label === set.labels[i]).length / 260).toBe(accuracy);
    for (const one of confidence) expect(one).toBeGreaterThanOrEqual(1 / 3 - 1e-6); // the greatest of three
    for (const one of confidence) expect(one).toBeLessThanOrEqual(1);
  });
  test("4.1 leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    evaluate(model, set);
    expect(tf.memory().numTensors).toBe(before);
  });
});

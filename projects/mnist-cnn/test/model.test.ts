import { seededInitializers, tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import type { Architecture } from "../src/config.ts";
import { buildCnn } from "../src/model.ts";
import { countParameters, featureMaps } from "../src/sizes.ts";
import { architecture, noise, small, tensorOf, weightsOf } from "./cases.ts";

await useBackend();

const VARIANTS: readonly Partial<Architecture>[] = [
  {},
  { padding: "same" },
  { features: [2, 3, 4], kernel: 3, hidden: 5 },
  { stride: 2, pooling: "none" },
  { pooling: "average", activation: "tanh" },
  { batchNorm: true, dropout: 0 },
  { inputShape: [17, 24, 3], numClasses: 3, kernel: 3 },
];

describe("network", () => {
  test.each(VARIANTS)("2.1 logits of the right shape, and as many parameters as counted: %j", (changes) => {
    const plan = architecture({ hidden: 32, ...changes });
    const model = buildCnn(plan, 1);
    const images = tensorOf(noise(3, { inputShape: [...plan.inputShape] }));
    const logits = model.predict(images) as tf.Tensor2D;
    expect(logits.shape).toEqual([3, plan.numClasses]);
    expect(model.countParams()).toBe(countParameters(plan));
    model.dispose();
    tf.dispose([logits, images]);
  });
  test("2.1 the course's network has 1,111,946 parameters", () => {
    const model = buildCnn(architecture(), 1);
    expect(model.countParams()).toBe(1_111_946);
    model.dispose();
  });
  test("2.1 each block's output is what the arithmetic says", () => {
    const plan = architecture({ features: [2, 3], hidden: 4 });
    const model = buildCnn(plan, 1);
    const pooled = model.layers.filter((layer) => layer.getClassName() === "MaxPooling2D");
    expect(pooled.map(({ outputShape }) => outputShape.slice(1))).toEqual(featureMaps(plan));
    model.dispose();
  });
  test("2.1 ends in logits: no softmax, so rows do not sum to 1", () => {
    const model = buildCnn(architecture({ hidden: 64 }), 3);
    const logits = model.predict(tensorOf(noise(4))) as tf.Tensor2D;
    const rows = logits.arraySync();
    for (const row of rows) expect(Math.abs(row.reduce((sum, z) => sum + z, 0) - 1)).toBeGreaterThan(1e-3);
    expect(rows.flat().some((z) => z < 0)).toBe(true);
    model.dispose();
  });
  test("2.1 the activation follows the convolution and the hidden layer", () => {
    const model = buildCnn(small({ activation: "sigmoid" }), 1);
    const outputs = model.layers
      .filter((layer) => /Conv2D|Dense/.test(layer.getClassName()))
      .map((layer) => layer.getConfig().activation);
    expect(outputs).toEqual(["sigmoid", "sigmoid", "linear"]);
    model.dispose();
  });
  test("2.1 the seed decides every weight; layers do not share theirs", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => buildCnn(small({ features: [16] }), seed));
    expect(weightsOf(a!)).toEqual(weightsOf(b!));
    const [kernels, others] = [a!, c!].map((model) => weightsOf(model).filter((_, i) => i % 2 === 0));
    kernels!.forEach((kernel, i) => {
      expect(kernel).not.toEqual(others![i]);
    });
    expect(kernels![0]!.slice(0, 8)).not.toEqual(kernels![1]!.slice(0, 8));
    for (const model of [a!, b!, c!]) model.dispose();
  });
  test.each(["relu", "tanh"] as const)("2.1 initial kernels suit %s", (activation) => {
    const model = buildCnn(architecture({ features: [64], hidden: 8, activation }), 5);
    const kernel = model.getWeights()[0]!;
    const suiting = activation === "relu" ? seededInitializers(1).heNormal() : seededInitializers(1).glorotUniform();
    const deviation = (values: tf.Tensor) => tf.moments(values).variance.sqrt().dataSync()[0]!;
    expect(deviation(kernel) / deviation(suiting.apply(kernel.shape))).toBeCloseTo(1, 0.7);
    model.dispose();
  });
  test("2.1 refuses impossible sizes before TensorFlow.js sees them", () =>
    expect(() => buildCnn(architecture({ kernel: 30 }), 1)).toThrow(
      "convolution 1: a window of 30×30 does not fit into [28, 28] pixels (smaller --kernel or --stride, or --padding same?)",
    ));
  test("dropout is a layer of its own seed, and asleep outside training", () => {
    const model = buildCnn(small({ dropout: 0.5 }), 1);
    const images = tensorOf(noise(2, { inputShape: [12, 12, 1] }));
    const run = (training: boolean) => [...(model.apply(images, { training }) as tf.Tensor).dataSync()];
    expect(run(false)).toEqual(run(false));
    expect(run(true)).not.toEqual(run(true));
    model.dispose();
    images.dispose();
  });
});

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { gru, lstm, tf, useBackend } from "../src/index.ts";

interface GoldenArray {
  readonly shape: number[];
  readonly values: number[];
}

interface GoldenCase {
  readonly labels: number[];
  readonly x: GoldenArray;
  readonly weights: Readonly<Record<string, GoldenArray>>;
  readonly loss: number;
  /** For x and each of the weights. */
  readonly gradients: Readonly<Record<string, GoldenArray>>;
}

type Layers = tf.layers.Layer[];
const { conv2d, maxPooling2d, averagePooling2d, flatten, dense } = tf.layers;

/** The models of golden/make_gradients.py. */
const MODELS: Readonly<Record<"cnn" | "mlp" | "lstm" | "gru", () => Layers>> = {
  cnn: () => [
    conv2d({ inputShape: [14, 12, 2], filters: 5, kernelSize: 3, padding: "same", activation: "relu" }),
    maxPooling2d({ poolSize: 2 }), // [batch, 7, 6, 5]
    conv2d({ filters: 7, kernelSize: [2, 3], strides: 2, activation: "tanh" }), // [batch, 3, 2, 7]
    averagePooling2d({ poolSize: 2, strides: 1 }), // [batch, 2, 1, 7]
    flatten(),
    dense({ units: 6, activation: "sigmoid" }),
    dense({ units: 4 }),
  ],
  mlp: () => [
    dense({ inputShape: [11], units: 17, activation: "relu" }),
    dense({ units: 9, activation: "tanh" }),
    dense({ units: 5 }),
  ],
  lstm: () => [lstm({ units: 7, seed: 1, inputShape: [6, 3] }), dense({ units: 4 })],
  gru: () => [gru({ units: 7, seed: 1, inputShape: [6, 3] }), dense({ units: 4 })],
};

const golden = JSON.parse(readFileSync(new URL("golden/gradients.json", import.meta.url), "utf8"));

describe.each([128, 256] as const)("against PyTorch in float64, %i-bit kernels", (vectorWidth) => {
  beforeAll(async () => void (await useBackend("wasm", { vectorWidth })));

  test.each(["cnn", "mlp", "lstm", "gru"] as const)("%s: loss and every gradient", (name) => {
    const { labels, x, weights, loss, gradients }: GoldenCase = golden[name];
    const model = tf.sequential({ layers: MODELS[name]() });
    model.setWeights(Object.values(weights).map(({ shape, values }) => tf.tensor(values, shape)));
    const y = tf.oneHot(labels, model.outputShape[1] as number);
    const lossOf = (input: tf.Tensor) =>
      tf.losses.softmaxCrossEntropy(y, model.apply(input, { training: true }) as tf.Tensor) as tf.Scalar;
    const input = tf.tensor(x.values, x.shape);
    const { value, grads } = tf.variableGrads(() => lossOf(input));
    const trained = model.trainableWeights.map((weight) => grads[weight.name]!);

    expect(value.dataSync()[0]).toBeCloseTo(loss, 6);
    for (const [i, key] of Object.keys(weights).entries()) expectClose(key, trained[i]!, gradients[key]!);
    expectClose("x", tf.grad(lossOf)(input), gradients.x!);
  });
});

test("the gradients have the same bits for both vector widths", async () => {
  const gradientsOf = async (vectorWidth: 128 | 256) => {
    await useBackend("wasm", { vectorWidth });
    const { x, weights }: GoldenCase = golden.cnn;
    const model = tf.sequential({ layers: MODELS.cnn() });
    model.setWeights(Object.values(weights).map(({ shape, values }) => tf.tensor(values, shape)));
    const gradient = tf.grad((input) => (model.apply(input) as tf.Tensor).square().sum());
    return [...gradient(tf.tensor(x.values, x.shape)).dataSync()];
  };
  expect(await gradientsOf(128)).toEqual(await gradientsOf(256));
});

/** Equal to 1e-5 of the largest gradient. */
function expectClose(what: string, received: tf.Tensor, { shape, values }: GoldenArray): void {
  expect(received.shape, what).toEqual(shape);
  const tolerance = 1e-5 * Math.max(...values.map(Math.abs));
  for (const [i, value] of received.dataSync().entries())
    expect(Math.abs(value - values[i]!), `${what}, element ${i}`).toBeLessThanOrEqual(tolerance);
}

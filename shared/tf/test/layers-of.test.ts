import { beforeAll, expect, test } from "vitest";
import { gru, layersOf, lstm, seededDropout, tf, useBackend } from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

const seed = 1;
const costs = (model: tf.LayersModel) =>
  layersOf(model).map(({ outputShape, parameters, multiplyAdds }) => [outputShape, parameters, multiplyAdds]);

test("convolution, pooling, batch norm, dropout, flatten, dense, worked by hand", () => {
  const { conv2d, maxPooling2d, batchNormalization, flatten, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [9, 7, 2], filters: 5, kernelSize: [3, 2], activation: "relu" }),
      maxPooling2d({ poolSize: 2 }),
      batchNormalization(),
      flatten(),
      seededDropout({ rate: 0.5, seed }),
      dense({ units: 4, useBias: false }),
    ],
  });
  expect(costs(model)).toEqual([
    [[7, 6, 5], 3 * 2 * 2 * 5 + 5, 3 * 2 * 2 * 5 * (7 * 6)], // 65 and 2,520
    [[3, 3, 5], 0, 0],
    [[3, 3, 5], 4 * 5, 0],
    [[45], 0, 0],
    [[45], 0, 0],
    [[4], 45 * 4, 45 * 4],
  ]);
  expect(layersOf(model)[2]).toMatchObject({ trainable: 2 * 5 }); // moving mean and variance are not
  expect(layersOf(model)[0]!.name).toMatch(/^conv2d\S* \(Conv2D\)$/);
});

test("depthwise, separable and transposed convolution, stride 2 and zeros around", () => {
  const { depthwiseConv2d, separableConv2d, conv2dTranspose } = tf.layers;
  const model = tf.sequential({
    layers: [
      depthwiseConv2d({ inputShape: [8, 6, 3], kernelSize: 3, depthMultiplier: 2, strides: 2, padding: "same" }),
      separableConv2d({ filters: 5, kernelSize: [1, 3], padding: "valid" }),
      conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same" }),
    ],
  });
  expect(costs(model)).toEqual([
    [[4, 3, 6], 3 * 3 * 3 * 2 + 6, 3 * 3 * 6 * (4 * 3)],
    [[4, 1, 5], 1 * 3 * 6 + 6 * 5 + 5, (1 * 3 * 6 + 6 * 5) * (4 * 1)],
    [[8, 2, 2], 3 * 3 * 5 * 2 + 2, 3 * 3 * 5 * 2 * (4 * 1)], // each input pixel is spread once
  ]);
});

test("embedding, LSTM, GRU, both directions, a dense layer at each step", () => {
  const { embedding, bidirectional, simpleRNN, timeDistributed, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      embedding({ inputShape: [11], inputDim: 20, outputDim: 3 }),
      lstm({ units: 4, seed, returnSequences: true }),
      bidirectional({ layer: simpleRNN({ units: 2, returnSequences: true }) as tf.RNN, mergeMode: "concat" }),
      timeDistributed({ layer: dense({ units: 6 }) }),
      gru({ units: 5, seed }),
    ],
  });
  expect(costs(model)).toEqual([
    [[11, 3], 20 * 3, 0],
    [[11, 4], 4 * 4 * (3 + 4 + 1), 11 * 4 * 4 * (3 + 4)], // four gates
    [[11, 4], 2 * 2 * (4 + 2 + 1), 11 * 2 * 2 * (4 + 2)], // two directions
    [[11, 6], 4 * 6 + 6, 11 * 4 * 6],
    [[5], 3 * 5 * (6 + 5 + 1), 11 * 3 * 5 * (6 + 5)], // three gates
  ]);
});

test("an open length counts as one token", () => {
  const { embedding, dense } = tf.layers;
  const layers = [embedding({ inputShape: [null], inputDim: 9, outputDim: 3 }), dense({ units: 4 })];
  expect(costs(tf.sequential({ layers }))).toEqual([
    [[null, 3], 27, 0],
    [[null, 4], 16, 12],
  ]);
});

test("a functional model: a layer called twice counts twice; calls in other models do not count", () => {
  const [a, b] = [tf.input({ shape: [3] }), tf.input({ shape: [3] })];
  const shared = tf.layers.dense({ units: 4 });
  const [ya, yb] = [shared.apply(a), shared.apply(b)] as tf.SymbolicTensor[];
  const y = tf.layers.concatenate().apply([ya!, yb!]) as tf.SymbolicTensor;
  const whole = tf.model({ inputs: [a, b], outputs: y });
  const part = tf.model({ inputs: a, outputs: ya! });
  expect(costs(whole)).toEqual([
    [[3], 0, 0],
    [[3], 0, 0],
    [[4], 16, 24],
    [[8], 0, 0],
  ]);
  expect(costs(part).at(-1)).toEqual([[4], 16, 12]);
});

test("a model as a layer is one row", () => {
  const inner = tf.sequential({
    layers: [tf.layers.dense({ inputShape: [3], units: 4 }), tf.layers.dense({ units: 2 })],
  });
  const model = tf.sequential({ layers: [inner, tf.layers.dense({ units: 5 })] });
  expect(costs(model)).toEqual([
    [[2], 16 + 10, 12 + 8],
    [[5], 15, 10],
  ]);
});

test("a layer of one's own with a kernel is not guessed at", () => {
  class Attention extends tf.layers.Layer {
    static className = "Attention";
    override build() {
      this.addWeight("query", [3, 3], "float32", tf.initializers.zeros());
      this.built = true;
    }
  }
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 3 }), new Attention({})] });
  expect(() => layersOf(model)).toThrow(/known \(Dense, .*\), received Attention "/);
});

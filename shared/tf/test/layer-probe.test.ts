import { beforeAll, expect, test } from "vitest";
import { layerProbe, seededDropout, tf, useBackend } from "../src/index.ts";

beforeAll(async () => {
  await useBackend("wasm", { threads: 1 });
});

const { dense } = tf.layers;

test("hand-worked: the gradients of two dense layers, and what they put out", () => {
  const model = tf.sequential({
    layers: [dense({ units: 1, inputShape: [2], name: "first" }), dense({ units: 1, name: "second", useBias: false })],
  });
  model.setWeights([tf.tensor2d([[1], [2]]), tf.tensor1d([0.5]), tf.tensor2d([[3]])]);
  const inputs = () =>
    tf.tensor2d([
      [1, 1],
      [0, 2],
    ]);
  const read = layerProbe(model, { inputs, loss: (y) => y.mean() });
  const before = tf.memory().numTensors;
  const [first, second] = read();
  // h = x1 + 2·x2 + 0.5 = 3.5 and 4.5; y = 3h; d mean(y) / dw2 = mean(h) = 4; / dh = 3/2 for each example
  expect(first!.name).toBe("first");
  expect(first!.gradients.map((gradient) => [...gradient])).toEqual([[1.5, 4.5], [3]]);
  expect([...first!.outputs.data]).toEqual([3.5, 4.5]);
  expect(second!.gradients.map((gradient) => [...gradient])).toEqual([[4]]);
  expect(second!.outputs.shape).toEqual([2, 1]);
  expect([...second!.outputs.data]).toEqual([10.5, 13.5]);
  expect(tf.memory().numTensors).toBe(before);
});

test("dropout neither acts nor counts a step, and what the loss does not need has the gradient 0", () => {
  const dropout = seededDropout({ rate: 0.5, seed: 1 });
  const input = tf.input({ shape: [3] });
  const hidden = dropout.apply(dense({ units: 4, name: "used" }).apply(input)) as tf.SymbolicTensor;
  const idle = dense({ units: 2, name: "idle" }).apply(hidden) as tf.SymbolicTensor;
  const model = tf.model({
    inputs: input,
    outputs: tf.layers.concatenate().apply([hidden, idle]) as tf.SymbolicTensor,
  });
  const loss = (y: tf.Tensor) => tf.slice(y, [0, 0], [-1, 4]).square().mean() as tf.Scalar;
  const readings = layerProbe(model, { inputs: () => tf.ones([5, 3]), loss })();
  expect(dropout.step).toBe(0);
  const [used, unused] = ["used", "idle"].map((name) => readings.find((reading) => reading.name === name)!);
  expect(used!.gradients[0]!.some((value) => value !== 0)).toBe(true);
  expect(unused!.gradients.map(({ length }) => length)).toEqual([8, 2]);
  expect(unused!.gradients.every((gradient) => gradient.every((value) => value === 0))).toBe(true);
});

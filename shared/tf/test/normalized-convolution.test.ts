import { beforeAll, expect, test } from "vitest";
import { normalizedConvolution, tf, useBackend } from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

const build = (args: Parameters<typeof normalizedConvolution>[1]) => {
  const input = tf.input({ shape: [5, 4, 1] });
  return tf.model({ inputs: input, outputs: normalizedConvolution(input, args) });
};

test("a convolution without bias, then batch norm, of the size that stride and padding say", () => {
  const model = build({ filters: 3, kernelSize: 3, momentum: 0.9 });
  expect(model.layers.map((layer) => layer.getClassName())).toEqual(["InputLayer", "Conv2D", "BatchNormalization"]);
  expect(model.countParams()).toBe(9 * 3 + 4 * 3);
  expect(model.layers[2]!.getConfig().momentum).toBe(0.9);
  expect(model.outputs[0]!.shape).toEqual([null, 5, 4, 3]);
  expect(build({ filters: 2, kernelSize: 3, strides: 2 }).outputs[0]!.shape).toEqual([null, 3, 2, 2]);
  expect(build({ filters: 2, kernelSize: [5, 1], padding: "valid" }).outputs[0]!.shape).toEqual([null, 1, 4, 2]);
});

test("hand-worked: in training a channel's mean becomes 0 and its variance 1", () => {
  const model = build({ filters: 1, kernelSize: 1, kernelInitializer: "ones" });
  const x = tf.tensor4d(
    Array.from({ length: 20 }, (_, i) => i),
    [1, 5, 4, 1],
  );
  const y = (model.apply(x, { training: true }) as tf.Tensor).dataSync();
  // 0 … 19: mean 9.5, variance (20² − 1) / 12 = 33.25
  y.forEach((value, i) => {
    expect(value).toBeCloseTo((i - 9.5) / Math.sqrt(33.25 + 1e-3), 4);
  });
});

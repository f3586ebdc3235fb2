import { tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { filterImages } from "../src/first-layer.ts";

await useBackend();

/** A convolution of 2×1 pixels and two channels with these weights [2, 1, 2, filters], in that order. */
function withKernel(values: number[], filters: number): tf.LayersModel {
  const model = tf.sequential({
    layers: [tf.layers.conv2d({ inputShape: [4, 4, 2], filters, kernelSize: [2, 1], useBias: false })],
  });
  model.setWeights([tf.tensor4d(values, [2, 1, 2, filters])]);
  return model;
}

describe("the first layer's weights", () => {
  test("6.1 hand-worked: an image for each filter, its greatest weight at the end of the range", () => {
    // filter 0 has 1 −2 0.5 0; filter 1 has 30 10 −15 0
    const images = filterImages(withKernel([1, 30, -2, 10, 0.5, -15, 0, 0], 2));
    expect(images.shape).toEqual([2, 2, 1, 2]);
    const expected = [0.75, 0, 0.625, 0.5, 1, 2 / 3, 0.25, 0.5];
    expect(images.size).toBe(expected.length);
    images.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
  });
  test("6.1 makes one tensor, the caller's", () => {
    const model = withKernel([1, 2, 3, 4], 1);
    const before = tf.memory().numTensors;
    filterImages(model).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

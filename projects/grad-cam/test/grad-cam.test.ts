import { findLeaks, tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { buildNetwork } from "../network/build.ts";
import { findLayer } from "../network/find-layer.ts";
import { placeOf } from "../network/place.ts";
import { classScores, featureMaps } from "../src/feature-maps.ts";
import { channelWeights, coarseMap, gradCam } from "../src/grad-cam.ts";
import { upsample } from "../src/upsample.ts";
import { checkMap } from "../study/check.ts";
import { branchedNetwork, corneredNetwork, images, smoothNetwork } from "./cases.ts";
import golden from "./golden/grad-cam.json" with { type: "json" };

await useBackend();

describe("the coarse map", () => {
  // one image, 1 row, 2 columns, 2 channels
  const gradients = tf.tensor4d([1, -4, 3, 2], [1, 1, 2, 2]);
  const maps = tf.tensor4d([5, 1, 1, 6], [1, 1, 2, 2]);
  test("2.1 hand-worked: the mean over places, for each channel", () => {
    const alpha = channelWeights(gradients);
    expect(alpha.shape).toEqual([1, 1, 1, 2]);
    expect([...alpha.dataSync()]).toEqual([2, -1]); // (1 + 3)/2, (−4 + 2)/2
  });
  test("2.2 hand-worked: what is negative becomes 0", () => {
    // 2·5 − 1·1 = 9; 2·1 − 1·6 = −4 → 0
    const map = coarseMap({ maps, gradients });
    expect(map.shape).toEqual([1, 1, 2]);
    expect([...map.dataSync()]).toEqual([9, 0]);
  });
  test.each([
    ["a chain", smoothNetwork],
    ["a branch", branchedNetwork],
    ["ReLUs and a max pooling", corneredNetwork],
  ])("2.2 agrees with finite differences to 1e-3: %s", (_, build) => {
    const model = build();
    const question = { images: images(3, [7, 6, 2]), classes: [0, 1, 2], layer: findLayer(model) };
    const { error, leftOut } = checkMap(model, question);
    expect(error).toBeLessThan(1e-3);
    expect(leftOut).toBeLessThan(0.5); // small and strongly bent: some smooth slopes bend by more than rounding
  });
  test("2.2 a corner at an image itself is left out, for no step is small enough", () => {
    const model = corneredNetwork();
    const batch = images(3, [7, 6, 2]);
    const hidden = model.getLayer("hidden");
    const [kernel] = hidden.getWeights();
    const flat = tf.model({ inputs: model.inputs, outputs: hidden.input }).apply(batch.slice(0, 1)) as tf.Tensor2D;
    hidden.setWeights([kernel!, flat.matMul(kernel!).squeeze([0]).neg()]); // every unit of the first image is at 0
    const { error, leftOut } = checkMap(model, { images: batch, classes: [0, 1, 2], layer: findLayer(model) });
    expect(error).toBeLessThan(1e-3);
    expect(leftOut).toBeGreaterThan(0.3); // a third of the slopes are the first image's
    expect(leftOut).toBeLessThan(0.6);
  });
  test("2.2 as PyTorch's autograd has it", () => {
    const model = smoothNetwork();
    model.setWeights(model.getWeights().map(({ shape }, i) => tf.tensor(golden.weights[i]!, shape)));
    const batch = tf.tensor4d(golden.images, [2, 7, 6, 2]);
    const found = featureMaps(model, findLayer(model), { images: batch, classes: golden.classes });
    const compare = (received: tf.Tensor, expected: readonly number[]) => {
      expect(received.size).toBe(expected.length);
      received.dataSync().forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 6);
      });
    };
    compare(model.predict(batch) as tf.Tensor, golden.logits);
    compare(found.gradients, golden.gradients);
    compare(coarseMap(found), golden.coarse);
  });
  test("2.2 where only a mean and a dense layer follow, it is exact: the class score before it is summed up", () => {
    const model = buildNetwork([8, 8, 1], [3, 5], { numClasses: 4, seed: 1 });
    const [batch, classes] = [images(2, [8, 8, 1]), [2, 0]];
    const found = featureMaps(model, findLayer(model), { images: batch, classes }); // [2, 4, 4, 5]
    const kernel = model.layers.at(-1)!.getWeights()[0] as tf.Tensor2D; // [5, 4]
    const ofClass = kernel.transpose<tf.Tensor2D>().gather(classes).div(16).reshape([2, 1, 1, 5]);
    const parts = found.maps.mul(ofClass).sum(3); // [2, 4, 4]
    // the biases are 0: all that a score is made of is in the maps
    const scores = classScores(model.predict(batch) as tf.Tensor2D, classes).dataSync();
    expect(Math.min(...scores.map(Math.abs))).toBeGreaterThan(0.01);
    parts
      .sum([1, 2])
      .dataSync()
      .forEach((sum, i) => {
        expect(sum).toBeCloseTo(scores[i]!, 5);
      });
    const expected = parts.relu().dataSync();
    expect(Math.max(...expected)).toBeGreaterThan(0.01);
    coarseMap(found)
      .dataSync()
      .forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 5);
      });
  });
});

describe("from maps to pixels", () => {
  const whole = (pixels: number, entries: number) => ({
    step: [pixels / entries, pixels / entries] as const,
    first: [(pixels / entries - 1) / 2, (pixels / entries - 1) / 2] as const,
  });
  test("2.3 hand-worked: 1×2 entries on 2×4 pixels", () => {
    // entries at x = 0.5 and 2.5; pixels 0 … 3 lie at −0.25, 0.25, 0.75, 1.25 → 0, ¼, ¾, 1 of the way
    const map = upsample(Float32Array.of(4, 8), {
      rows: 1,
      columns: 2,
      height: 2,
      width: 4,
      place: { step: [2, 2], first: [0.5, 0.5] },
    });
    expect([...map]).toEqual([4, 5, 7, 8, 4, 5, 7, 8]);
  });
  test("2.3 is TensorFlow's bilinear resize where the map is stretched", () => {
    const coarse = images(2, [3, 3, 1], 4);
    const expected = tf.image.resizeBilinear(coarse, [12, 12], false, true).dataSync();
    const received = upsample(coarse.dataSync<"float32">(), {
      rows: 3,
      columns: 3,
      height: 12,
      width: 12,
      place: whole(12, 3),
    });
    received.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 5);
    });
  });
  test("2.3 rows and columns are not mixed up; each image is its own", () => {
    const place = { step: [1, 1] as const, first: [0, 0] as const };
    const maps = Float32Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16);
    expect([...upsample(maps, { rows: 2, columns: 3, height: 2, width: 3, place })]).toEqual([...maps]);
  });
  test("without padding, maps begin inside the image", () => {
    const { conv2d, maxPooling2d } = tf.layers;
    const model = tf.sequential({
      layers: [
        conv2d({ inputShape: [28, 28, 1], filters: 2, kernelSize: 5, name: "first" }),
        tf.layers.elu({}), // leaves every place where it is
        maxPooling2d({ poolSize: 2 }),
        conv2d({ filters: 2, kernelSize: 5, name: "second" }),
      ],
    });
    // 5 pixels: the middle is 2 further; pairs of those begin at 2.5; 5 of them, 2 apart: 2.5 + 4
    expect(placeOf(model, findLayer(model, "first"), [9, 9])).toEqual({ step: [1, 1], first: [2, 2] });
    expect(placeOf(model, findLayer(model, "second"), [9, 9])).toEqual({ step: [2, 2], first: [6.5, 6.5] });
  });
  test("a dilated kernel is as wide as the pixels that it spans", () => {
    const { conv2d } = tf.layers;
    const convolution = { filters: 2, kernelSize: 3, dilationRate: [2, 3] as [number, number], name: "dilated" };
    const model = tf.sequential({ layers: [conv2d({ ...convolution, inputShape: [28, 28, 1] })] });
    // 3 entries, 2 or 3 apart, span 5 rows and 7 columns
    expect(model.outputs[0]!.shape).toEqual([null, 24, 22, 2]);
    expect(placeOf(model, findLayer(model, "dilated"), [9, 9])).toEqual({ step: [1, 1], first: [2, 3] });
  });
  test("with padding, and in a network with branches, they are stretched", () => {
    const model = buildNetwork([28, 28, 1], [2, 3], { numClasses: 2, seed: 1 });
    expect(placeOf(model, findLayer(model), [2, 2])).toEqual({ step: [2, 2], first: [0.5, 0.5] });
    const branched = branchedNetwork();
    expect(placeOf(branched, findLayer(branched), [3, 3])).toEqual({ step: [3, 3], first: [1, 1] });
  });
});

describe("Grad-CAM", () => {
  test("finds a planted bright square, where the network looks for brightness", () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [12, 12, 1],
          filters: 1,
          kernelSize: 3,
          useBias: false,
          activation: "relu",
          padding: "same",
        }),
        tf.layers.globalAveragePooling2d({}),
        tf.layers.dense({ units: 2, useBias: false }),
      ],
    });
    model.setWeights([tf.fill([3, 3, 1, 1], 1), tf.tensor2d([1, -1], [1, 2])]);
    const values = new Float32Array(144);
    for (let y = 7; y < 10; y++) values.fill(1, y * 12 + 2, y * 12 + 5);
    const question = { images: tf.tensor4d(values, [1, 12, 12, 1]), layer: findLayer(model) };
    const map = gradCam(model, { ...question, classes: [0] });
    expect(map.indexOf(Math.max(...map))).toBe(8 * 12 + 3); // the square's middle
    expect(map[0]).toBe(0);
    expect(Math.max(...gradCam(model, { ...question, classes: [1] }))).toBe(0); // nothing speaks for the other class
  });
  test("leaves no tensor behind", () => {
    const model = smoothNetwork();
    const question = { images: images(2, [7, 6, 2]), classes: [0, 1], layer: findLayer(model) };
    const compute = () => void gradCam(model, question);
    compute();
    expect(findLeaks(compute)).toEqual([]);
  });
});

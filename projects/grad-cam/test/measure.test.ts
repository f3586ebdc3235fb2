import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { findLayer } from "../network/find-layer.ts";
import rubric from "../rubric.ts";
import { gradCam } from "../src/grad-cam.ts";
import { areas, type Explained, measureCurves, trivialMaps } from "../study/measure.ts";
import { compareMaps, sanityCheck } from "../study/sanity-check.ts";
import { numbers } from "./cases.ts";

await useBackend();

const SIDE = 12;
const COUNT = 8;
const { conv2d, globalAveragePooling2d, dense } = tf.layers;
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** Two classes, with and without a bright square: one channel sees brightness, and three see what does not matter. */
function squareNetwork(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [SIDE, SIDE, 1], filters: 4, kernelSize: 3, padding: "same", activation: "relu" }),
      globalAveragePooling2d({}),
      dense({ units: 2 }),
    ],
  });
  const kernel = numbers(36, { seed: 5, low: -0.3, high: 0.3 }).map((value, i) => (i % 4 === 0 ? 1 / 9 : value));
  model.setWeights([
    tf.tensor4d(kernel, [3, 3, 1, 4]),
    tf.tensor1d([-0.4, 0, 0, 0]),
    tf.tensor2d([100, 0, 0, 0, 0, 0, 0, 0], [4, 2]),
    tf.tensor1d([0, 2]),
  ]);
  return model;
}

/** Each with a bright 4×4 square at another place on dark noise. */
function squares(model: tf.LayersModel): Explained & { places: readonly number[] } {
  const values = numbers(COUNT * SIDE * SIDE, { seed: 3, high: 0.2 });
  const places = Array.from({ length: COUNT }, (_, i) => (1 + (i % 4) * 2) * SIDE + 1 + ((i * 3) % 7));
  places.forEach((place, i) => {
    for (let row = 0; row < 4; row++) {
      const start = i * SIDE * SIDE + place + row * SIDE;
      values.fill(1, start, start + 4);
    }
  });
  const images = tf.tensor4d(values, [COUNT, SIDE, SIDE, 1]);
  return { images, values, classes: Array<number>(COUNT).fill(0), layer: findLayer(model), places };
}

test("random maps are of the image's size and decided by the seed; ink is the image", () => {
  const model = squareNetwork();
  const question = squares(model);
  const maps = trivialMaps(model, question, createRandom(1));
  expect(Object.keys(maps)).toEqual(["random", "random pixels", "ink"]);
  for (const map of Object.values(maps)) expect(map).toHaveLength(COUNT * SIDE * SIDE);
  expect(maps.ink).toEqual(question.values);
  expect(trivialMaps(model, question, createRandom(1))).toEqual(maps);
  expect(trivialMaps(model, question, createRandom(2)).random).not.toEqual(maps.random);
});

test("Grad-CAM's order destroys an answer before random maps' orders, and brings it back before them", () => {
  const model = squareNetwork();
  const question = squares(model);
  const answers = (model.predict(question.images) as tf.Tensor).argMax(1).dataSync();
  expect([...answers]).toEqual(question.classes);
  const maps = { "Grad-CAM": gradCam(model, question), ...trivialMaps(model, question, createRandom(1)) };
  const curves = measureCurves(model, question, maps, { steps: 12, shade: 0 });
  const area = (name: string, way: "deletion" | "insertion") => mean(areas(curves[name]![way]));
  for (const name of ["random", "random pixels"]) {
    expect(area("Grad-CAM", "deletion")).toBeLessThan(area(name, "deletion") - 0.1);
    expect(area("Grad-CAM", "insertion")).toBeGreaterThan(area(name, "insertion") + 0.1);
  }
});

describe("the sanity check", () => {
  const { metric } = rubric.items.find(({ id }) => id === "7.2")!;
  test("a map of the network changes with its weights", () => {
    const model = squareNetwork();
    const stages = sanityCheck(model, squares(model), 1);
    expect(stages.map(({ layer }) => layer)).toEqual(["trained", model.layers[2]!.name, model.layers[0]!.name]);
    expect(stages[0]!.correlation["Grad-CAM"]).toBeCloseTo(1, 10);
    expect(stages[0]!.evenShare["Grad-CAM"]).toBe(0);
    expect(stages[2]!.evenShare["Grad-CAM"]).toBeLessThan(1);
    expect(stages[2]!.correlation["Grad-CAM"]).toBeLessThan(0.8); // not 0: most pictures of a square are brighter there
  });
  test("maps of zeros fail: nothing has changed", () => {
    const zeros = new Float32Array(12);
    const { correlation, evenShare } = compareMaps(zeros, zeros, 3);
    expect(correlation).toBeGreaterThan(metric!.atMost!);
    expect(evenShare).toBe(1);
  });
  test("a network for whose class nothing speaks fails", () => {
    const model = squareNetwork();
    const stages = sanityCheck(model, { ...squares(model), classes: Array<number>(COUNT).fill(1) }, 1);
    for (const { correlation, evenShare } of stages) {
      expect(evenShare["Grad-CAM"]).toBe(1);
      expect(correlation["Grad-CAM"]).toBeGreaterThan(metric!.atMost!);
    }
  });
  test("hand-worked: even maps count neither for nor against", () => {
    // image 1: ranks 1 2 3 and 3 2 1 → −1; images 2 and 3: one of the two maps is even
    const before = Float32Array.of(0.1, 0.2, 0.3, 5, 5, 5, 1, 2, 3);
    const after = Float32Array.of(3, 2, 1, 1, 2, 3, 0, 0, 0);
    const { correlation, evenShare } = compareMaps(before, after, 3);
    expect(correlation).toBe(-1);
    expect(evenShare).toBeCloseTo(2 / 3, 10);
  });
});

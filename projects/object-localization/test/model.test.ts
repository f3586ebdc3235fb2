import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fuseModel, loadModel, saveModel, tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import rubric from "../rubric.ts";
import { buildModel, LENETS, MODELS, type ModelName } from "../src/model.ts";

await useBackend();

const build = (name: ModelName, seed = 1) => buildModel(name, { inputShape: [48, 60, 1], outputs: 15, seed });
const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);
const layersOf = (model: tf.LayersModel, kind: RegExp) =>
  model.layers.filter((layer) => kind.test(layer.getClassName()));

const inputsOf = (layer: tf.layers.Layer) => layer.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers);
const isSquareOf3 = (layer: tf.layers.Layer) => (layer.getConfig().kernelSize as number[] | undefined)?.[0] === 3;

describe("LeNet-5 in three sizes", () => {
  test.each([
    ["lenet-a", 359_731],
    ["lenet-b", 410_639],
    ["lenet-c", 1_088_527],
  ] as const)("2.1 %s has %i parameters and 15 outputs", (name, parameters) => {
    const model = build(name);
    expect(model.countParams()).toBe(parameters);
    expect(model.outputs[0]!.shape).toEqual([null, 15]);
    model.dispose();
  });
  test("2.1 a convolution keeps the size, a pooling halves it: [24, 30, 6], then [12, 15, 16]", () => {
    const model = build("lenet-a");
    const shapes = layersOf(model, /Conv2D|Pooling2D/).map(({ outputShape }) => outputShape.slice(1));
    expect(shapes).toEqual([
      [48, 60, 6],
      [24, 30, 6],
      [24, 30, 16],
      [12, 15, 16],
    ]);
    model.dispose();
  });
  test.each(Object.entries(LENETS))(
    "2.1 %s has its plan's activations, and none at the end",
    (name, { activation }) => {
      const model = build(name as ModelName);
      const activations = layersOf(model, /Conv2D|Dense/).map((layer) => layer.getConfig().activation);
      expect(activations.slice(0, -1).every((each) => each === activation)).toBe(true);
      expect(activations.at(-1)).toBe("linear");
      const pooling = activation === "tanh" ? /Average/ : /Max/;
      expect(layersOf(model, /Pooling/).every((layer) => pooling.test(layer.getClassName()))).toBe(true);
      model.dispose();
    },
  );
});

describe("residual network", () => {
  test("2.2 1,050,927 parameters; blocks of [24, 30, 32], [12, 15, 48] twice, [6, 8, 96] twice", () => {
    const model = build("residual");
    expect(model.countParams()).toBe(1_050_927);
    expect(rubric.items.find(({ id }) => id === "2.2")!.hint).toContain("1,050,927");
    const sums = layersOf(model, /Add/).map(({ outputShape }) => outputShape.slice(1));
    expect(sums).toEqual([
      [24, 30, 32],
      [12, 15, 48],
      [12, 15, 48],
      [6, 8, 96],
      [6, 8, 96],
    ]);
    model.dispose();
  });
  test("2.2 a 1×1 convolution in the shortcut only where the shape changes, ReLU where the hint has them", () => {
    const model = build("residual");
    const kernels = layersOf(model, /Conv2D/).map((layer) => (layer.getConfig().kernelSize as number[])[0]);
    // stem, two for each of five blocks, two shortcuts, and one before each head
    expect(kernels.filter((side) => side === 3)).toHaveLength(10);
    expect(kernels.filter((side) => side === 1)).toHaveLength(4);
    layersOf(model, /Add/).forEach((sum, i) => {
      const summed = inputsOf(sum).map((layer) => layer.getClassName());
      const shortcut = i % 2 === 1 ? "BatchNormalization" : "ReLU"; // the second and fourth change the shape
      expect(summed.sort()).toEqual(["BatchNormalization", shortcut]); // so no ReLU before the sum
      expect(sum.outboundNodes.map(({ outboundLayer }) => outboundLayer.getClassName())).toContain("ReLU");
      const convolutions = inputsOf(sum).flatMap(inputsOf).filter(isSquareOf3);
      expect(convolutions.flatMap(inputsOf).map((layer) => layer.getClassName())).toEqual(["ReLU"]);
    });
    model.dispose();
  });
});

test.each(MODELS.map((name) => [name === "residual" ? "2.2" : "2.1", name] as const))(
  "%s %s: the first answer is near 0: a box in the middle, no class before another",
  (_, name) => {
    const model = build(name);
    const images = tf.randomUniform([2, 48, 60, 1], 0, 1, "float32", 1);
    for (const value of (model.predict(images) as tf.Tensor).dataSync()) expect(Math.abs(value)).toBeLessThan(0.6);
    model.dispose();
    images.dispose();
  },
);

test("2.1 the seed decides every weight", () => {
  const [a, b, c] = [build("lenet-a"), build("lenet-a"), build("lenet-a", 2)] as const;
  expect(weightsOf(a)).toEqual(weightsOf(b));
  weightsOf(c).forEach((values, i) => {
    if (values.some((value) => value !== 0)) expect(values).not.toEqual(weightsOf(a)[i]);
  });
});

test("2.2 a saved network gives the same answers when it is loaded", async () => {
  const model = fuseModel(build("residual"));
  const folder = mkdtempSync(join(tmpdir(), "model-"));
  await saveModel(model, folder);
  const loaded = await loadModel(folder, { inputShape: [null, 48, 60, 1], outputShape: [null, 15] });
  const images = tf.randomUniform([2, 48, 60, 1], 0, 1, "float32", 1);
  const [expected, received] = [model, loaded].map((each) => [...(each.predict(images) as tf.Tensor).dataSync()]);
  expect(received).toEqual(expected);
  rmSync(folder, { recursive: true });
});

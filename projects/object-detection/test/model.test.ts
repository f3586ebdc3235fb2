import { gatherScenes } from "@course/data";
import { adamw, leakGuard, tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { score } from "../report/score.ts";
import { gatherTargets } from "../src/data.ts";
import { detect, FOR_METRICS } from "../src/evaluate.ts";
import { targetsOf } from "../src/loss.ts";
import { buildModel, MODELS, type ModelName, PLAIN } from "../src/model.ts";
import { trainStep } from "../src/step.ts";
import { EIGHT, grid, numbers, rectangles } from "./cases.ts";

await useBackend();

const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);
const eight = rectangles(EIGHT);

const kindOf = (layer: tf.layers.Layer) => layer.getClassName();
const isOf = (kind: string) => (layer: tf.layers.Layer) => kindOf(layer) === kind;
const inputsOf = (layer: tf.layers.Layer) => layer.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers);
const isSquareOf3 = (layer: tf.layers.Layer) => (layer.getConfig().kernelSize as number[] | undefined)?.[0] === 3;

function setUp(name: ModelName, { seed = 1, rate = 3e-3, boxWeight = 1 } = {}) {
  const model = buildModel(name, { grid, numClasses: 2, seed });
  const optimizer = adamw({ learningRate: rate });
  const step = () => {
    const indices = [0, 1, 2, 3, 4, 5, 6, 7];
    const images = tf.tensor4d(gatherScenes(eight, indices), [8, 48, 60, 1]);
    const targets = targetsOf(gatherTargets(eight, indices, grid), grid);
    const losses = trainStep(model, optimizer, { images, targets, grid }, { boxWeight });
    tf.dispose([images, targets.hasObject, targets.boxes, targets.labels]);
    return losses;
  };
  return { model, step };
}

describe("networks", () => {
  // conv-a: 5·5·8 + 8, 5·5·8·16 + 16, a window of 6·5 pixels in 16 channels, and 32 + 1 weights for each of 7 outputs
  test.each([
    ["2.1", "conv-a", 208 + 3216 + 30 * 16 * 32 + 32 + 33 * 7],
    ["2.1", "conv-b", 416 + 12_832 + 30 * 32 * 64 + 64 + 65 * 7],
    ["2.1", "conv-c", 240 + 10_416 + 20_784 + 30 * 48 * 96 + 96 + 97 * 7],
    ["2.2", "residual", 537_255],
  ] as const)("%s %s: a cell's answers in each cell, and the number of parameters", (_, name, parameters) => {
    const model = buildModel(name, { grid, numClasses: 2, seed: 1 });
    expect(model.outputs[0]!.shape).toEqual([null, 2, 3, 7]);
    expect(model.countParams()).toBe(parameters);
  });
  test.each([
    ["2.1", "conv-a"],
    ["2.2", "residual"],
  ] as const)("%s %s: another grid, image and number of classes", (_, name) => {
    const model = buildModel(name, { grid: { rows: 3, columns: 2, height: 24, width: 32 }, numClasses: 10, seed: 1 });
    const outputs = model.predict(tf.tensor4d(numbers(2 * 24 * 32), [2, 24, 32, 1])) as tf.Tensor;
    expect(outputs.shape).toEqual([2, 3, 2, 15]);
  });
  test.each(Object.keys(PLAIN) as ModelName[])("2.1 %s: a ReLU after every convolution but the last", (name) => {
    const layers = buildModel(name, { grid, numClasses: 2, seed: 1 }).layers;
    const activations = layers.flatMap((layer) =>
      layer.getClassName() === "Conv2D" ? [layer.getConfig().activation] : [],
    );
    expect(activations.slice(0, -1).every((each) => each === "relu")).toBe(true);
    expect(activations.at(-1)).toBe("linear");
  });
  test("2.2 a block: ReLU between its convolutions and after its sum, none before", () => {
    const sums = buildModel("residual", { grid, numClasses: 2, seed: 1 }).layers.filter(isOf("Add"));
    expect(sums).toHaveLength(3);
    sums.forEach((sum, i) => {
      const shortcut = i === 0 ? "BatchNormalization" : "ReLU"; // the first block changes the shape
      expect(inputsOf(sum).map(kindOf).sort()).toEqual(["BatchNormalization", shortcut]);
      expect(sum.outboundNodes.map(({ outboundLayer }) => kindOf(outboundLayer))).toContain("ReLU");
      const convolutions = inputsOf(sum).flatMap(inputsOf).filter(isSquareOf3);
      expect(convolutions.flatMap(inputsOf).map(kindOf)).toEqual(["ReLU"]);
    });
  });
  test("2.1 a cell sees its own part of the image: a far corner changes nothing", () => {
    const model = buildModel("conv-a", { grid, numClasses: 2, seed: 1 });
    const image = numbers(48 * 60);
    const before = (model.predict(tf.tensor4d(image, [1, 48, 60, 1])) as tf.Tensor4D).arraySync()[0]!;
    image[47 * 60 + 59] = 5;
    const after = (model.predict(tf.tensor4d(image, [1, 48, 60, 1])) as tf.Tensor4D).arraySync()[0]!;
    expect(after[0]![0]).toEqual(before[0]![0]);
    expect(after[1]![2]).not.toEqual(before[1]![2]);
  });
  test.each([
    ["2.1", "conv-b"],
    ["2.2", "residual"],
  ] as const)("%s %s: the seed decides every weight", (_, name) => {
    const weights = (seed: number) => weightsOf(buildModel(name, { grid, numClasses: 2, seed }));
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)).not.toEqual(weights(2));
  });
});

describe("a training step", () => {
  test.each(MODELS)("3.5 %s: the loss at step 0 is near that of outputs of 0", (name) => {
    const { object, class: label } = setUp(name).step();
    expect(Math.abs(object - 6 * Math.log(2))).toBeLessThan(0.6);
    expect(Math.abs(label - (9 / 8) * Math.log(2))).toBeLessThan(0.3); // nine objects in eight scenes
  });
  test.each([
    ["conv-b", 110],
    ["residual", 30],
  ] as const)("3.5 %s learns eight scenes by heart", (name, steps) => {
    const { model, step } = setUp(name);
    const first = step().loss;
    let last = step();
    for (let i = 0; i < steps; i++) last = step();
    expect(last.loss).toBeLessThan(first / 4);
    expect(last.loss).toBeCloseTo(last.object + last.box + last.class, 4);
    const found = detect(model, eight, { ...FOR_METRICS, grid });
    if (name === "conv-b") expect(score(found, eight).mAP50).toBeGreaterThan(0.9); // without batch norm, training is evaluation
  });
  test("3.5 boxes count boxWeight times in the loss, and are logged as they are", () => {
    const [plain, weighted] = [setUp("conv-a").step(), setUp("conv-a", { boxWeight: 3 }).step()];
    expect(weighted.box).toBe(plain.box);
    expect(weighted.loss).toBeCloseTo(plain.object + 3 * plain.box + plain.class, 4);
  });
  test("3.5 changes every weight, and leaves no tensor behind", () => {
    const { model, step } = setUp("residual");
    const before = weightsOf(model);
    step();
    weightsOf(model).forEach((values, i) => {
      expect(values).not.toEqual(before[i]);
    });
    const guard = leakGuard();
    guard.check("step 1");
    step();
    expect(() => guard.check("step 2")).not.toThrow();
  });
  test("3.5 two runs of one seed are identical", () => {
    const [a, b] = [setUp("conv-a"), setUp("conv-a")];
    for (let i = 0; i < 3; i++) expect(a.step()).toEqual(b.step());
    expect(weightsOf(a.model)).toEqual(weightsOf(b.model));
  });
});

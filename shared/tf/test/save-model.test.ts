import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { batchNormalization, loadModel, saveModel, tf, useBackend } from "../src/index.ts";
import { buildModel, expectUserError, predict } from "./small-model.ts";

let root: string;
let folder: string;
beforeAll(async () => void (await useBackend("wasm")));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "course-tf-"));
  folder = join(root, "model");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("saveModel and loadModel", () => {
  test("a loaded model predicts the same bits", async () => {
    const model = buildModel();
    await saveModel(model, folder);
    const loaded = await loadModel(folder, { inputShape: [null, 2], outputShape: [null, 3] });
    expect(predict(loaded)).toEqual(predict(model));
    expect(readdirSync(folder).sort()).toEqual(["model.json", "weights.bin"]);
  });

  test("the files are TensorFlow.js's own format: it reads them without loadModel", async () => {
    const model = buildModel();
    await saveModel(model, folder);
    const json = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
    expect(json.format).toBe("layers-model");
    const weightData = Uint8Array.from(readFileSync(join(folder, "weights.bin"))).buffer;
    const { modelTopology, weightsManifest } = json;
    const handler = tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData });
    expect(predict(await tf.loadLayersModel(handler))).toEqual(predict(model));
  });

  test("saving again replaces the model and leaves nothing beside it", async () => {
    await saveModel(buildModel(3, 1), folder);
    const second = buildModel(3, 2);
    await saveModel(second, folder);
    expect(predict(await loadModel(folder))).toEqual(predict(second));
    expect(readdirSync(root)).toEqual(["model"]);
  });

  test("a folder with other things is not replaced", async () => {
    writeFileSync(join(root, "thesis.txt"), "years of work");
    await expectUserError(saveModel(buildModel(), root), "holds 1 files but no model.json");
    expect(existsSync(join(root, "thesis.txt"))).toBe(true);
  });

  test("loading leaves no tensor but the weights", async () => {
    const model = buildModel();
    await saveModel(model, folder);
    const before = tf.memory().numTensors;
    const loaded = await loadModel(folder);
    expect(tf.memory().numTensors).toBe(before + model.weights.length);
    loaded.dispose();
    await expect(loadModel(folder, { outputShape: [null, 7] })).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("a loaded model is fused, wrapped layers included", async () => {
  const inner = tf.layers.lstm({ units: 3, recurrentActivation: "sigmoid" }) as tf.RNN;
  const model = tf.sequential({
    layers: [tf.layers.bidirectional({ layer: inner, mergeMode: "concat", inputShape: [4, 2] }), batchNormalization()],
  });
  await saveModel(model, folder);
  const loaded = await loadModel(folder);
  const x = tf.randomNormal([2, 4, 2], 0, 1, "float32", 1);
  const matMuls = async (each: tf.LayersModel) => {
    const { kernels } = await tf.profile(() => void tf.tidy(() => void each.predict(x)));
    return kernels.filter(({ name }) => name.includes("MatMul")).length;
  };
  expect(await matMuls(model)).toBeGreaterThan(0);
  expect(await matMuls(loaded)).toBe(0);
  const [expected, received] = [model, loaded].map((each) => (each.predict(x) as tf.Tensor).dataSync());
  for (const [i, value] of received!.entries()) expect(value).toBeCloseTo(expected![i]!, 5);
});

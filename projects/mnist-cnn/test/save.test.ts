import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { beforeEach, describe, expect, test } from "vitest";
import { buildCnn } from "../src/model.ts";
import { loadNetwork, saveNetwork } from "../src/save.ts";
import { noise, small, tensorOf, weightsOf } from "./cases.ts";

await useBackend();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mnist-cnn-"));
  return () => rmSync(folder, { recursive: true });
});

const plan = small({ dropout: 0.5, batchNorm: true });
const classes = ["zero", "one"];

async function saved() {
  const model = buildCnn(plan, 7);
  await saveNetwork({ model, classes, dataset: "digits" }, plan, folder);
  return { model, network: await loadNetwork(folder) };
}

describe("a saved network", () => {
  test("4.2 gives the same answers, bit by bit", async () => {
    const { model, network } = await saved();
    const images = tensorOf(noise(5, { inputShape: [12, 12, 1] }));
    const answers = (one: tf.LayersModel) => [...(one.predict(images) as tf.Tensor).dataSync()];
    expect(answers(network.model)).toEqual(answers(model));
    expect(weightsOf(network.model)).toEqual(weightsOf(model));
  });
  test("4.2 knows its classes and what it was trained on", async () =>
    expect((await saved()).network).toMatchObject({ classes, dataset: "digits" }));
  test("4.2 is TensorFlow.js's own format: its loader builds it, without a layer of ours", async () => {
    const { model } = await saved();
    const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, "model", "model.json"), "utf8"));
    const weightData = Uint8Array.from(readFileSync(join(folder, "model", "weights.bin"))).buffer;
    const weightSpecs = weightsManifest[0].weights;
    const loaded = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
    expect(loaded.layers.map((layer) => layer.getClassName())).not.toContain("SeededDropout");
  });
  test("4.2 leaves no tensor behind", async () => {
    const model = buildCnn(plan, 7);
    const before = tf.memory().numTensors;
    await saveNetwork({ model, classes, dataset: "digits" }, plan, folder);
    expect(tf.memory().numTensors).toBe(before);
  });
  test("4.2 damaged, it is refused", async () => {
    await saved();
    const path = join(folder, "model", "weights.bin");
    const bytes = readFileSync(path);
    bytes[9]! ^= 1;
    writeFileSync(path, bytes);
    await expect(loadNetwork(folder)).rejects.toThrow(UserError);
    writeFileSync(path, bytes.subarray(4));
    await expect(loadNetwork(folder)).rejects.toThrow("copied incompletely?");
  });
  test("missing, it is a user's mistake", async () => await expect(loadNetwork(folder)).rejects.toThrow(UserError));
});

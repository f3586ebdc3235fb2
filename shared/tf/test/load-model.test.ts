import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadModel, loadWeights, saveModel, tf, useBackend } from "../src/index.ts";
import { buildModel, expectUserError, predict } from "./small-model.ts";

let root: string;
let folder: string;
beforeAll(async () => void (await useBackend("wasm")));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "course-tf-"));
  folder = join(root, "model");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("a model that cannot be loaded gets one clear line", () => {
  beforeEach(() => saveModel(buildModel(), folder));

  test("missing folder", () =>
    expectUserError(loadModel(join(root, "nowhere")), "nowhere/model.json: cannot be read (ENOENT)"));
  test("missing weights", async () => {
    rmSync(join(folder, "weights.bin"));
    await expectUserError(loadModel(folder), "weights.bin: cannot be read (ENOENT)");
  });
  test("weights cut off", async () => {
    truncateSync(join(folder, "weights.bin"), 100);
    // dense 2·4 + 4, batch norm 4·4, dense 4·3 + 3: 43 floats
    await expectUserError(loadModel(folder), "weights.bin: expected 172 bytes, received 100 (copied incompletely?)");
  });
  test("one flipped bit in the weights", async () => {
    const bytes = readFileSync(join(folder, "weights.bin"));
    bytes[5]! ^= 1;
    writeFileSync(join(folder, "weights.bin"), bytes);
    await expectUserError(loadModel(folder), "another SHA-256 than when it was saved (damaged?)");
  });
  test("JSON cut off", async () => {
    truncateSync(join(folder, "model.json"), 50);
    await expectUserError(loadModel(folder), "model.json: not JSON");
  });
  test("JSON of something else", async () => {
    writeFileSync(join(folder, "model.json"), "{}");
    await expectUserError(loadModel(folder), "expected modelTopology and weightsManifest");
  });
  test("a layer that nobody knows", async () => {
    const file = join(folder, "model.json");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("SeededDropout", "Mystery"));
    await expectUserError(loadModel(folder), "cannot build this model: Unknown layer: Mystery");
  });
  test("another input or output shape", async () => {
    await expectUserError(
      loadModel(folder, { inputShape: [null, 784] }),
      "expected shape [any, 784], received [any, 2]",
    );
    await expectUserError(
      loadModel(folder, { outputShape: [null, 10] }),
      "expected shape [any, 10], received [any, 3]",
    );
  });
});

describe("loadWeights", () => {
  test("fills a model of the same layers", async () => {
    const saved = buildModel(3, 1);
    await saveModel(saved, folder);
    const model = buildModel(3, 2);
    await loadWeights(model, folder);
    expect(predict(model)).toEqual(predict(saved));
  });
  test("names the weight that does not fit", async () => {
    await saveModel(buildModel(3), folder);
    await expectUserError(loadWeights(buildModel(5), folder), "kernel: expected shape [4, 5], received [4, 3]");
  });
  test("another number of layers", async () => {
    await saveModel(buildModel(3), folder);
    const small = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 1 })] });
    await expectUserError(loadWeights(small, folder), "expected 2 weight arrays, received 8");
  });
});

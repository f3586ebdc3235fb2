import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { saveModel, tf, useBackend } from "@course/tf";
import { afterAll, describe, expect, test } from "vitest";
import { buildNetwork } from "../network/build.ts";
import { evaluate } from "../network/evaluate.ts";
import { assertFits, assertTrainedOn, openNetwork } from "../network/saved-network.ts";
import { numbers } from "./cases.ts";

await useBackend();

const folder = mkdtempSync(join(tmpdir(), "networks-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { dense, flatten } = tf.layers;

describe("the small network", () => {
  test("gives logits, and has as many parameters as its layers say", () => {
    const model = buildNetwork([28, 28, 1], [16, 32, 64], { numClasses: 10, seed: 1 });
    expect(model.outputs[0]!.shape).toEqual([null, 10]);
    // convolutions 9·(1·16 + 16·32 + 32·64), batch norm 4·(16 + 32 + 64), dense 65·10
    expect(model.countParams()).toBe(9 * (16 + 512 + 2048) + 4 * 112 + 650);
  });
  test("the seed decides every weight", () => {
    const weights = (seed: number) => {
      const model = buildNetwork([8, 8, 1], [2, 3], { numClasses: 2, seed });
      return model.getWeights().map((weight) => [...weight.dataSync()]);
    };
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)).not.toEqual(weights(2));
  });
});

describe("evaluation", () => {
  test("hand-worked: two images, one right", () => {
    const model = tf.sequential({ layers: [flatten({ inputShape: [1, 2, 1] }), dense({ units: 2, useBias: false })] });
    model.setWeights([
      tf.tensor2d([
        [Math.log(3), 0],
        [0, 0],
      ]),
    ]);
    const set = {
      images: Uint8Array.of(255, 0, 0, 255),
      shape: [2, 1, 2, 1] as const,
      labels: Uint8Array.of(0, 1),
      classes: ["a", "b"],
    };
    const { loss, accuracy, predicted, confidence } = evaluate(model, set);
    // probabilities (¾, ¼) and (½, ½); of equal logits the first is the answer
    expect([...predicted]).toEqual([0, 0]);
    expect(accuracy).toBe(0.5);
    expect(loss).toBeCloseTo(-(Math.log(0.75) + Math.log(0.5)) / 2, 6);
    expect(confidence[0]).toBeCloseTo(0.75, 6);
  });
});

describe("a saved network", () => {
  test("comes back with its classes and data set; without them classes are numbers", async () => {
    const model = buildNetwork([8, 8, 1], [2], { numClasses: 3, seed: 1 });
    await saveModel(model, join(folder, "plain"));
    model.setUserDefinedMetadata({ classes: ["x", "y", "z"], dataset: "mnist" });
    await saveModel(model, join(folder, "named"));
    expect(await openNetwork(join(folder, "named"))).toMatchObject({ classes: ["x", "y", "z"], dataset: "mnist" });
    const plain = await openNetwork(join(folder, "plain"));
    expect(plain).toMatchObject({ classes: ["0", "1", "2"], dataset: "" });
    const images = tf.tensor4d(numbers(64), [1, 8, 8, 1]);
    expect([...(plain.model.predict(images) as tf.Tensor).dataSync()]).toEqual([
      ...(model.predict(images) as tf.Tensor).dataSync(),
    ]);
  });
  test.each([
    ["no model", undefined, "cannot be read"],
    ["a table's", () => [dense({ inputShape: [4], units: 2 })], "received [any, 4] → [any, 2]"],
    ["no classes'", () => [tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 2, kernelSize: 3 })], "→ [any, 6, 6, 2]"],
    [
      "images of any size",
      () => [
        tf.layers.conv2d({ inputShape: [null, null, 1], filters: 2, kernelSize: 3 }),
        tf.layers.globalAveragePooling2d({}),
        dense({ units: 2 }),
      ],
      "received [any, any, any, 1] → [any, 2]",
    ],
    [
      "two channels",
      () => [flatten({ inputShape: [2, 2, 2] }), dense({ units: 2 })],
      "received [any, 2, 2, 2] → [any, 2]",
    ],
    [
      "a softmax's",
      () => [flatten({ inputShape: [2, 2, 1] }), dense({ units: 2, activation: "softmax" })],
      "its last layer is a softmax",
    ],
    [
      "a softmax layer's",
      () => [flatten({ inputShape: [2, 2, 1] }), dense({ units: 2 }), tf.layers.softmax()],
      "its last layer is a softmax",
    ],
    [
      "a softmax activation's",
      () => [flatten({ inputShape: [2, 2, 1] }), dense({ units: 2 }), tf.layers.activation({ activation: "softmax" })],
      "its last layer is a softmax",
    ],
  ])("%s is a user's mistake", async (name, layers, message) => {
    const place = join(folder, name);
    if (layers) await saveModel(tf.sequential({ layers: layers() }), place);
    await expect(openNetwork(place)).rejects.toThrow(message);
    await expect(openNetwork(place)).rejects.toThrow(UserError);
  });
  test("with more outputs than classes, as one that finds boxes, is a user's mistake", async () => {
    const model = buildNetwork([8, 8, 1], [2], { numClasses: 7, seed: 1 });
    model.setUserDefinedMetadata({ classes: ["x", "y", "z"], dataset: "digits" });
    await saveModel(model, join(folder, "boxes"));
    await expect(openNetwork(join(folder, "boxes"))).rejects.toThrow("received 7 outputs for 3 classes");
    await expect(openNetwork(join(folder, "boxes"))).rejects.toThrow(UserError);
  });
});

describe("a network and the data", () => {
  const data = { shape: [5, 8, 8, 1], classes: ["shirt", "coat"] } as const;
  const network = (inputShape: [number, number, number], classes: readonly string[]) => {
    const model = buildNetwork(inputShape, [2], { numClasses: classes.length, seed: 1 });
    return { model, classes, dataset: "" };
  };
  test("fit with the same names, or with numbers for names", () => {
    assertFits(network([8, 8, 1], ["shirt", "coat"]), data);
    assertFits(network([8, 8, 1], ["0", "1"]), data);
  });
  test("a network that was trained on other data is a user's mistake", () => {
    const named = (dataset: string) => ({ ...network([8, 8, 1], ["shirt", "coat"]), dataset });
    for (const dataset of ["", "digits"]) assertTrainedOn(named(dataset), "digits");
    expect(() => assertTrainedOn(named("fashion-mnist"), "digits")).toThrow(
      new UserError(
        "model: expected one trained on digits, received one of fashion-mnist (give its own data with --dataset; for pictures there is explain)",
      ),
    );
  });
  test.each([
    ["size", [8, 9, 1], ["shirt", "coat"], "received images [8, 9, 1] → 2 classes (shirt, coat)"],
    ["number of classes", [8, 8, 1], ["0", "1", "2"], "received images [8, 8, 1] → 3 classes (shirt, coat, 2)"],
    ["order of classes", [8, 8, 1], ["coat", "shirt"], "received images [8, 8, 1] → 2 classes (coat, shirt)"],
  ] as const)("another %s is a user's mistake", (_, inputShape, classes, message) => {
    const compare = () => assertFits(network([...inputShape], classes), data);
    expect(compare).toThrow(`model: expected images [8, 8, 1] → 2 classes (shirt, coat), ${message}`);
    expect(compare).toThrow(UserError);
  });
});

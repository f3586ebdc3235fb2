import { layersOf, tf, useBackend } from "@course/tf";
import { beforeAll, expect, test } from "vitest";
import {
  formatModelSummary,
  type LayerDescription,
  type SummaryRow,
  summarizeModel,
  totalOf,
} from "../../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

const description: LayerDescription[] = [
  { kind: "conv2d", filters: 4, kernel: [3, 2], strides: [2, 1], padding: "same" },
  { kind: "batchNorm" },
  { kind: "depthwiseConv2d", kernel: [3, 3], depthMultiplier: 2 },
  { kind: "pool2d", size: [2, 2] },
  { kind: "globalPool" },
  { kind: "dense", units: 5 },
];

test("a TensorFlow.js model's own layers cost what their description does", () => {
  const { conv2d, batchNormalization, depthwiseConv2d, averagePooling2d, globalAveragePooling2d, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [16, 11, 3], filters: 4, kernelSize: [3, 2], strides: [2, 1], padding: "same" }),
      batchNormalization(),
      depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }),
      averagePooling2d({ poolSize: 2 }),
      globalAveragePooling2d({}),
      dense({ units: 5 }),
    ],
  });
  const rows: readonly SummaryRow[] = layersOf(model);
  const withoutNames = (all: readonly SummaryRow[]) => all.map(({ name: _, ...cost }) => cost);
  expect(withoutNames(rows)).toEqual(withoutNames(summarizeModel([16, 11, 3], description).rows));
  expect(totalOf(rows).parameters).toBe(model.countParams());
});

test("an open size is shown as any", () => {
  const { embedding, dense } = tf.layers;
  const model = tf.sequential({
    layers: [embedding({ inputShape: [null], inputDim: 9, outputDim: 3 }), dense({ units: 4 })],
  });
  const lines = formatModelSummary(totalOf(layersOf(model))).split("\n");
  expect(lines[2]).toMatch(/^embedding\S* \(Embedding\) +any × 3 +27 +0$/);
});

import type { Summary } from "@course/train";
import { expect, test } from "vitest";
import { config } from "../src/config.ts";
import { compareRuns } from "../study/compare.ts";

const run = (settings: object, iou: number, { seed = 1, parameters = 1234 } = {}) => {
  const metrics = {
    ...{ "test/iou": iou, "test/iouUnrounded": iou - 0.1, "test/classAccuracy": 0.5 },
    ...{ "test/hasObjectAccuracy": 1, "test/mean": 0.6 },
  };
  return {
    config: config.parse(settings),
    summary: { metrics, seed, parameters, seconds: 20 } as unknown as Summary,
  };
};

test("a row for each network and settings, over its seeds; of a seed that ran twice the later run", () => {
  const table = compareRuns([
    run({}, 0.1),
    run({}, 0.7),
    run({ model: "lenet-a", boxLoss: "mse", epochs: 1 }, 0.5),
    run({}, 0.9, { seed: 2 }),
    run({ warp: 0 }, 0.3),
    run({}, 0.4, { parameters: 5678 }),
  ]);
  expect(table.split("\n").slice(2)).toEqual([
    "| lenet-a | --boxLoss mse --epochs 1 | 1,234 | 20 | 1 | 0.5000 | 0.4000 | 0.5000 | 1.0000 | 0.6000 |",
    "| residual | --warp 0 | 1,234 | 20 | 1 | 0.3000 | 0.2000 | 0.5000 | 1.0000 | 0.6000 |",
    "| residual | default | 1,234 | 20 | 2 | 0.8000 ± 0.1414 | 0.7000 ± 0.1414 | 0.5000 ± 0.0000 | 1.0000 ± 0.0000 | 0.6000 ± 0.0000 |",
    "| residual | default | 5,678 | 20 | 1 | 0.4000 | 0.3000 | 0.5000 | 1.0000 | 0.6000 |",
  ]);
});

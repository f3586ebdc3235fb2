import type { Summary } from "@course/train";
import { expect, test } from "vitest";
import { config } from "../src/config.ts";
import { compareRuns } from "../study/compare.ts";

const run = (settings: object, iou: number) => {
  const metrics = {
    ...{ "test/iou": iou, "test/iouUnrounded": iou - 0.1, "test/classAccuracy": 0.5 },
    ...{ "test/hasObjectAccuracy": 1, "test/mean": 0.6 },
  };
  return {
    settings: config.parse(settings),
    summary: { metrics, seconds: 20, parameters: 1234 } as unknown as Summary,
  };
};

test("a row for each data set, model and box loss that saw as many scenes, over its seeds", () => {
  const table = compareRuns([
    run({ model: "residual", scenes: 600, epochs: 2 }, 0.7),
    run({ model: "lenet-a", scenes: 1200, epochs: 1 }, 0.5),
    run({ model: "residual", scenes: 1200, epochs: 1 }, 0.9),
    run({ dataset: "folder", model: "residual", scenes: 1200, epochs: 1 }, 0.3),
  ]);
  expect(table.split("\n").slice(2)).toEqual([
    "| digits | lenet-a | giou | 1,200 | 1,234 | 20 | 1 | 0.5000 | 0.4000 | 0.5000 | 1.0000 | 0.6000 |",
    "| digits | residual | giou | 1,200 | 1,234 | 20 | 2 | 0.8000 ± 0.1414 | 0.7000 ± 0.1414 | 0.5000 ± 0.0000 | 1.0000 ± 0.0000 | 0.6000 ± 0.0000 |",
    "| folder | residual | giou | 1,200 | 1,234 | 20 | 1 | 0.3000 | 0.2000 | 0.5000 | 1.0000 | 0.6000 |",
  ]);
});

import { createRandom } from "@course/core";
import type { ImageSet } from "@course/data";
import { expect, test } from "vitest";
import { float64 } from "../arithmetic/float64.ts";
import { drawFigures } from "../report/figures.ts";
import type { Evaluation } from "../src/evaluate.ts";
import { Mlp } from "../src/mlp.ts";
import { drawStudy } from "../study/figures.ts";
import { studyRun } from "./cases.ts";

const images: ImageSet = {
  images: Uint8Array.from({ length: 3 * 4 }, (_, i) => 20 * i),
  shape: [3, 2, 2, 1],
  labels: Uint8Array.of(0, 1, 1),
  classes: ["shirt", "shoe"],
};
const build = () => new Mlp([4, 3, 2], { activation: "relu", random: createRandom(1), arithmetic: float64 });
const evaluation = (predicted: number[]): Evaluation => ({
  ...{ loss: 1, accuracy: 0.5, predicted: Uint8Array.from(predicted), confidence: Float32Array.of(0.9, 0.8, 0.7) },
});

test("the figures of a run name the worst error, its class and what it was taken for", async () => {
  const figures = await drawFigures(build(), images, evaluation([0, 0, 1]));
  expect(Object.keys(figures)).toEqual(["confusion", "worst-errors", "first-layer", "weights"]);
  for (const svg of Object.values(figures)) expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
  expect(figures["worst-errors"]!.replaceAll(/<[^>]*>/g, " ")).toMatch(/shoe:\s+shirt\s+0\.80/);
});
test("without an error there is no such figure", async () =>
  expect(await drawFigures(build(), images, evaluation([0, 1, 1]))).not.toHaveProperty("worst-errors"));

test("the study draws loss, near-zero share, histogram and curves", async () => {
  const grid = (["l1", "l2"] as const).flatMap((regulariser) =>
    [1e-4, 1e-3].flatMap((lambda) =>
      [1, 2].map((seed) => studyRun({ regulariser, lambda, seed, trainCurve: [1, 0.5], validationCurve: [1, 0.6] })),
    ),
  );
  const chosen = [{ name: "L1 0.001", runs: grid.slice(2, 4), weights: Float32Array.of(0, 0.1, -0.1) }];
  const figures = await drawStudy(grid, chosen);
  expect(Object.keys(figures)).toEqual(["loss-l1", "loss-l2", "near-zero", "weights", "learning-curves"]);
  for (const svg of Object.values(figures)) expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
});

import { expect, test } from "vitest";
import { readLayer } from "../../src/doctor/layer-reading.ts";
import { epochOf } from "./epoch-of.ts";

test("the tally: sums, sizes and windows of an epoch worked by hand", () => {
  // losses 4, 3, 2 of 10 examples and 1 of 5
  const { steps } = epochOf([4, 3, 2, 1], {}, { rest: 5 });
  expect(steps).toMatchObject({ steps: 4, examples: 35, batchSize: 10, shortBatches: 1, lossSum: 10, lowestLoss: 1 });
  // ⌊4 / 20⌋ is 0, so the windows are one step long
  expect(steps.head).toEqual({ loss: 4, examples: 10, deviation: 0 });
  expect(steps.tail).toEqual({ loss: 1, examples: 5, deviation: 0 });
});

test("the tally's windows are a twentieth of the epoch, and estimate how one example's loss spreads", () => {
  const losses = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : 3));
  // two steps of 10 examples, losses 1 and 3: mean 2, 10 · ((1 − 2)² + (3 − 2)²) / (2 − 1) = 20
  expect(epochOf(losses).steps.head).toEqual({ loss: 2, examples: 20, deviation: Math.sqrt(20) });
});

test("a layer's norm and its share of dead units", () => {
  // units: 0 everywhere, differs, 5 everywhere, differs in the last example; ‖(3, 4, 12)‖ = 13
  const data = [0, 1, 5, 2, 0, 3, 5, 2, 0, 1, 5, 7];
  const reading = readLayer({ name: "a", gradients: [[3, 4], [12]], outputs: { shape: [3, 4], data } });
  expect(reading).toEqual({ name: "a", gradientNorm: 13, deadShare: 0.5 });
  expect(readLayer({ name: "b", gradients: [] })).toEqual({ name: "b" });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { createDisplay } from "../src/display.ts";
import { Run, readMetrics, TrainingError } from "../src/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loop-"));
  return () => rmSync(folder, { recursive: true });
});

function createRun(seed = 1): Run {
  return new Run({
    folder,
    seed,
    dataFolder: undefined,
    backend: "auto",
    monitor: { metric: "validation/accuracy", mode: "max" },
    display: createDisplay("quiet"),
    interrupts: { requested: false, stop: () => {} },
    resume: false,
  });
}

async function orderOf(run: Run, epochs: number): Promise<number[][]> {
  const orders: number[][] = [];
  for (const _ of run.epochs(epochs)) {
    const order: number[] = [];
    for await (const indices of run.batches(10, 4)) {
      order.push(...indices);
      run.step({ loss: 0 }, indices.length);
    }
    run.endEpoch({ "validation/accuracy": 0 });
    orders.push(order);
  }
  return orders;
}

test("every example once an epoch, in another order each, fixed by the seed", async () => {
  const orders = await orderOf(createRun(), 3);
  for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(new Set(orders.map(String)).size).toBe(3);
  expect(await orderOf(createRun(), 3)).toEqual(orders);
  expect(await orderOf(createRun(2), 3)).not.toEqual(orders);
});

test("the epoch's loss is the mean over examples, the short last batch counted by its size", async () => {
  const run = createRun();
  const losses = [1, 2, 6]; // batches of 4, 4, 2: (4·1 + 4·2 + 2·6) / 10 = 2.4
  for (const _ of run.epochs(1)) {
    for await (const indices of run.batches(10, 4)) run.step({ loss: losses.shift()! }, indices.length);
    run.endEpoch({ "validation/accuracy": 0.5 });
  }
  expect(readMetrics(join(folder, "metrics.jsonl")).at(-1)).toEqual({
    step: 3,
    epoch: 1,
    "train/epochLoss": 2.4,
    "validation/accuracy": 0.5,
  });
});

test("restoreBest puts back the epoch with the best monitored metric, the first of equals", async () => {
  const run = createRun();
  const weights = new Float32Array(1);
  run.track({
    model: { state: () => ({ arrays: { weights } }), restore: ({ arrays }) => weights.set(arrays.weights!) },
  });
  const accuracies = [0.5, 0.9, 0.9, 0.7];
  for (const epoch of run.epochs(4)) {
    for await (const indices of run.batches(2, 2)) run.step({ loss: 0 }, indices.length);
    weights[0] = epoch;
    run.endEpoch({ "validation/accuracy": accuracies[epoch - 1]! });
  }
  expect(run.restoreBest()).toEqual({ epoch: 2, value: 0.9 });
  expect(weights[0]).toBe(2);
});

test("refuses an epoch without the monitored metric", async () => {
  const run = createRun();
  for await (const indices of run.batches(2, 2)) run.step({ loss: 0 }, indices.length);
  expect(() => run.endEpoch({ "validation/loss": 1 })).toThrow(TrainingError);
  expect(() => run.endEpoch({ "validation/accuracy": Number.NaN })).toThrow('expected a finite "validation/accuracy"');
});

test("a term of the loss that is not finite is named", () =>
  expect(() => createRun().step({ loss: 1, boxLoss: Number.POSITIVE_INFINITY }, 1)).toThrow(
    "train/boxLoss at step 1 (epoch 1)",
  ));

test("draws of a step depend on the seed and the step only", () => {
  const run = createRun();
  const first = run.stepRandom().uniform();
  expect(run.stepRandom().uniform()).toBe(first);
  run.step({ loss: 0 }, 1);
  expect(run.stepRandom().uniform()).not.toBe(first);
});

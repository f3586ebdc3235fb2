import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { createDisplay } from "../src/display.ts";
import { EarlyStopping, Run, saveableArrays } from "../src/index.ts";
import { Monitor } from "../src/monitor.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "early-"));
  return () => rmSync(folder, { recursive: true });
});

const notes: string[] = [];
const createRun = (patience: number, resume = false, force = false) =>
  new Run({
    folder,
    seed: 1,
    dataFolder: undefined,
    backend: "auto",
    monitor: { metric: "validation/accuracy", mode: "max", patience },
    display: { ...createDisplay("quiet"), note: (line) => void notes.push(line) },
    interrupts: { requested: false, stop: () => {} },
    resume,
    force,
  });

/** Epochs with these accuracies; the one weight is the epoch's number. Dies, as by a kill, after `dieAfter`. */
async function train(run: Run, accuracies: readonly number[], dieAfter = Number.POSITIVE_INFINITY) {
  const weight = new Float32Array(1);
  run.track({ model: saveableArrays([weight]) });
  for (const epoch of run.epochs(accuracies.length)) {
    for await (const indices of run.batches(2, 2)) run.step({ loss: 0 }, indices.length);
    weight[0] = epoch;
    run.endEpoch({ "validation/accuracy": accuracies[epoch - 1]! });
    if (epoch === dieAfter) break;
  }
  return { weight: weight[0], done: run.state.epochsDone, stoppedEarly: run.state.stoppedEarly };
}

const ACCURACIES = [0.5, 0.9, 0.9, 0.7, 0.95, 1]; // with patience 2: epochs 3 and 4 are no better than 2

test("stops after so many epochs without improvement, with the best epoch's weights, and says so", async () => {
  notes.length = 0;
  expect(await train(createRun(2), ACCURACIES)).toEqual({ weight: 2, done: 4, stoppedEarly: 4 });
  expect(notes).toEqual([
    "stopped after epoch 4: validation/accuracy no better than in epoch 2, whose weights are back (--patience 2)",
  ]);
});

test("patience 0 never stops; nor does one that is not used up", async () => {
  expect(await train(createRun(0), ACCURACIES)).toEqual({ weight: 6, done: 6, stoppedEarly: null });
  expect(await train(createRun(3), ACCURACIES)).toEqual({ weight: 6, done: 6, stoppedEarly: null });
});

test.each([1, 2, 3, 4])("killed right after epoch %i and resumed: the same end", async (dieAfter) => {
  await train(createRun(2), ACCURACIES, dieAfter);
  expect(await train(createRun(2, true), ACCURACIES)).toEqual({ weight: 2, done: 4, stoppedEarly: 4 });
  expect(await train(createRun(2, true), ACCURACIES)).toEqual({ weight: 2, done: 4, stoppedEarly: 4 });
});

test("a larger patience goes on where the smaller one had stopped", async () => {
  await train(createRun(2), ACCURACIES);
  expect(await train(createRun(3, true), ACCURACIES)).toEqual({ weight: 6, done: 6, stoppedEarly: null });
});

test("counts as EarlyStopping does, which counts as Keras does", () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom("max" as const, "min" as const),
      (values, patience, mode) => {
        const stopping = new EarlyStopping({ mode, patience });
        const monitor = new Monitor({ metric: "v/x", mode, patience });
        for (const [i, value] of values.entries()) {
          monitor.update({ "v/x": value }, i + 1);
          expect(monitor.shouldStopAfter(i + 1)).toBe(stopping.update(value));
          expect(monitor.best?.epoch).toBe(stopping.bestEpoch);
          if (stopping.shouldStop) return;
        }
      },
    ),
  ));

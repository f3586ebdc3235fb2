import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveable, tf, useBackend } from "@course/tf";
import { beforeEach, expect, test } from "vitest";
import { createDisplay } from "../src/display.ts";
import { Run, saveableArrays } from "../src/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "memory-"));
  return () => rmSync(folder, { recursive: true });
});

test("a heap that is nearly full saves the run and says so, once", async () => {
  const warnings: string[] = [];
  const run = new Run({
    folder,
    seed: 1,
    dataFolder: undefined,
    backend: "auto",
    monitor: { metric: "validation/accuracy", mode: "max" },
    display: { ...createDisplay("quiet"), warn: (line) => void warnings.push(line) },
    interrupts: { requested: false, stop: () => {} },
    resume: false,
  });
  let bytes = 3 * 2 ** 30;
  run.track({ model: { ...saveableArrays([new Float32Array(1)]), memory: () => ({ bytes, limit: 2 ** 32 }) } });
  const last = join(folder, "checkpoints", "last");
  let batch = 0;
  for await (const indices of run.batches(10, 2)) {
    expect(existsSync(last)).toBe(batch >= 2); // saved before the third batch, for which it was nearly full
    run.step({ loss: 1 }, indices.length);
    if (++batch === 2) bytes = 3.8 * 2 ** 30;
  }
  expect(warnings).toEqual([expect.stringContaining("memory: 3,891 of 4,096 MB are taken")]);
});

test("TensorFlow.js's model on wasm tells how large its heap is; on cpu there is none", async () => {
  await useBackend("wasm", { threads: 1 });
  const part = saveable([tf.variable(tf.zeros([2]))]);
  const { bytes, limit } = part.memory!()!;
  expect(limit).toBe(2 ** 32);
  expect(bytes).toBeGreaterThan(2 ** 20);
  expect(bytes).toBeLessThan(limit);
  await useBackend("cpu");
  expect(part.memory!()).toBeUndefined();
});

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureMetric } from "../src/index.ts";
import { replaced, type TinyProject, tinyProject } from "./tiny-project.ts";

const atLeast = { name: "test/accuracy", atLeast: 0.9 };

function addRun({ root }: TinyProject, run: string, summary: object | string): void {
  const folder = join(root, "runs", "tiny-line", run);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "summary.json"), typeof summary === "string" ? summary : JSON.stringify(summary));
}

function finished(accuracy: number, { preset = "default", status = "finished" } = {}): object {
  return { status, preset, metrics: { "test/accuracy": accuracy } };
}

const measure = ({ folder }: TinyProject, threshold = atLeast) => measureMetric(folder, "tiny-line", threshold);

test("nothing trained, nothing committed", () => {
  using project = tinyProject();
  expect(measure(project)).toEqual({
    isReached: false,
    description: "no finished run has test/accuracy yet: train first",
  });
});

test("the committed results count, and are named", () => {
  using project = tinyProject({ "results/summary.json": '{ "metrics": { "test/accuracy": 0.9 } }' });
  expect(measure(project)).toEqual({
    isReached: true,
    description: "test/accuracy 0.9, expected at least 0.9 (results/summary.json)",
  });
});

test("a starter's committed results are the reference's and do not count", () => {
  using project = tinyProject({
    "results/summary.json": '{ "metrics": { "test/accuracy": 0.99 } }',
    "package.json": replaced('"type": "module"', '"type": "module", "course": { "starter": true }'),
  });
  expect(measure(project).isReached).toBe(false);
  addRun(project, "20260101-000000-default-seed1", finished(0.95));
  expect(measure(project).isReached).toBe(true);
});

test("the newest finished run counts", () => {
  using project = tinyProject();
  addRun(project, "20260101-000000-default-seed1", finished(0.99));
  addRun(project, "20260103-000000-default-seed1", finished(0.5));
  addRun(project, "20260104-000000-default-seed1", finished(0.98, { status: "interrupted" }));
  addRun(project, "20260105-000000-default-seed1", '{ "status": "fini'); // damaged
  addRun(project, "20260106-000000-default-seed1", {
    status: "finished",
    preset: "default",
    metrics: { "test/loss": 1 },
  });
  addRun(project, "20260107-000000-smoke-seed1", finished(0.97, { preset: "smoke" }));
  symlinkSync("20260101-000000-default-seed1", join(project.root, "runs", "tiny-line", "latest"));
  expect(measure(project)).toEqual({
    isReached: false,
    description: "test/accuracy 0.5, expected at least 0.9 (runs/tiny-line/20260103-000000-default-seed1)",
  });
});

test("only runs on the test data of the committed default or full count", () => {
  const onTexts = (test: number) => ({ dataset: { name: "texts", test } });
  const results = { metrics: {}, presets: { default: onTexts(100), full: onTexts(200), letters: onTexts(5000) } };
  using project = tinyProject({ "results/summary.json": JSON.stringify(results) });
  const add = (run: string, data: object) => addRun(project, run, { ...finished(0.99), ...data });
  add("20260101-000000-default-seed1", {});
  add("20260102-000000-letters-seed1", onTexts(5000));
  add("20260103-000000-default-seed1", { dataset: { name: "own texts", test: 100 } });
  const description = "no finished run has test/accuracy yet on texts with 100 test examples: train first";
  expect(measure(project)).toEqual({ isReached: false, description });
  add("20260104-000000-full-seed1", onTexts(200));
  add("20260105-000000-letters-seed1", onTexts(5000));
  expect(measure(project).description).toContain("20260104-000000-full-seed1");
  add("20260106-000000-default-seed1", { dataset: { name: "texts", test: 7, isSubset: true } }); // of a machine without a network
  expect(measure(project).description).toContain("20260106-000000-default-seed1");
});

test("a smoke run counts where there is no other", () => {
  using project = tinyProject();
  addRun(project, "20260107-000000-smoke-seed1", finished(0.97, { preset: "smoke" }));
  expect(measure(project).isReached).toBe(true);
});

test("committed results that reach the threshold outweigh a run that does not", () => {
  using project = tinyProject({ "results/summary.json": '{ "metrics": { "test/accuracy": 0.91 } }' });
  addRun(project, "20260101-000000-default-seed1", finished(0.4));
  expect(measure(project).description).toContain("results/summary.json");
});

test.each([
  [1e-6, true],
  [2e-6, false],
])("an upper bound: %d is within 1e-6: %s", (value, isReached) => {
  using project = tinyProject({ "results/summary.json": JSON.stringify({ metrics: { "test/error": value } }) });
  expect(measureMetric(project.folder, "tiny-line", { name: "test/error", atMost: 1e-6 }).isReached).toBe(isReached);
});

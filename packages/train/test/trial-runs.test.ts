import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readSummary } from "../src/index.ts";

/** Asks for its rate and gives its layers; the line does neither. */
const PARABOLA = join(import.meta.dirname, "doctor", "parabola-experiment.ts");
const LINE = join(import.meta.dirname, "fixtures", "line-experiment.ts");
let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "trials-"));
  return () => rmSync(out, { recursive: true });
});

const train = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [script, "--out", out, ...args], { encoding: "utf8" });
const folders = (project: string) => readdirSync(join(out, project)).map((name) => join(out, project, name));

test("--overfit: learnt by heart, in a folder that is no result and not the latest run", () => {
  const { stdout, stderr, status } = train(LINE, "--overfit");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/\nlearnt by heart: the loss went from [\d.]+ to [\d.]+ in \d+ steps\n/);
  const [folder] = folders("line");
  expect(folder).toMatch(/-default-overfit-seed1$/);
  expect(readSummary(folder!).trial).toMatchObject({ name: "overfit", passed: true });
  expect(readSummary(folder!).metrics).not.toHaveProperty("test/loss");
  for (const name of ["latest", "checkpoints", "model"]) {
    expect(existsSync(join(out, "line", name)) || existsSync(join(folder!, name))).toBe(false);
  }
  const html = readFileSync(join(folder!, "report.html"), "utf8");
  expect(html).toContain("One batch, again and again");
  expect(html).toContain("--overfit</pre>");
});

test("--overfit: a learning rate at which nothing is learnt ends with the reason and exit code 1", () => {
  const { stdout, stderr, status } = train(LINE, "--overfit", "--learningRate", "10");
  expect([status, stderr]).toEqual([1, ""]);
  expect(stdout).toMatch(/not learnt by heart: .*(it rose: learning rate too high|it was not finite)/);
});

test("--findRate: a suggestion and its figure; the weights of no checkpoint come from it", () => {
  const { stdout, status } = train(PARABOLA, "--findRate");
  expect(status).toBe(0);
  const rate = Number(/try a learning rate of about ([\d.]+) \(the project's goes up to 0\.1\)/.exec(stdout)![1]);
  expect(rate).toBeGreaterThan(1e-4);
  expect(rate).toBeLessThan(1); // above it each step goes further from the minimum
  const [folder] = folders("parabola");
  expect(readFileSync(join(folder!, "figures", "learning-rate.svg"), "utf8")).toContain("Learning-rate finder");
  expect(existsSync(join(folder!, "checkpoints"))).toBe(false);
});

test("--findRate: a project that never asks for its rate is told how", () => {
  const { stdout, status } = train(LINE, "--findRate");
  expect(status).toBe(1);
  expect(stdout).toContain("take run.rate(schedule)");
});

test("--summary: the layers, and no folder", () => {
  const { stdout, status } = train(PARABOLA, "--summary");
  expect(status).toBe(0);
  expect(stdout).toMatch(/weight +1 +1 +0\n/);
  expect(folders("parabola")).toEqual([]);
  const without = train(LINE, "--summary");
  expect([without.status, folders("line")]).toEqual([1, []]);
  expect(without.stdout).toContain("no summary: this project's networks are not made of layers");
});

test("two trials at once are refused", () => {
  const { stderr, status } = train(LINE, "--overfit", "--findRate");
  expect(status).toBe(2);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

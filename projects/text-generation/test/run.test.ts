import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readMetrics, readSummary } from "@course/train";
import { endAfterAnEpoch } from "@course/train/testing";
import { beforeEach, expect, test } from "vitest";

const FOLDER = join(import.meta.dirname, "..");
const SCRIPT = join(FOLDER, "src", "train.ts");
const TINY = [
  "--preset",
  "smoke",
  "--limit",
  "6000",
  "--epochs",
  "3",
  "--dropout",
  "0.3",
  "--time",
  "8",
  "--minCount",
  "2",
];

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(out, { recursive: true });
});

const start = (script: string, args: string[]) =>
  spawnSync(process.execPath, [script, "--out", out, ...args], { encoding: "utf8" });
const latest = () => join(out, "text-generation", readFileSync(join(out, "text-generation", "latest"), "utf8").trim());

test("a run leaves network, vocabulary, figures and result; killed and resumed it ends in the same bytes; it generates", async () => {
  expect(start(SCRIPT, ["--quiet", ...TINY])).toMatchObject({ status: 0, stderr: "" });
  const whole = latest();
  const summary = readSummary(whole);
  expect(summary.status).toBe("finished");
  expect(Object.keys(summary.baselines)).toEqual(["word frequencies", "Kneser–Ney, order 3"]);
  expect(summary.metrics["test/perplexity"]).toBeCloseTo(Math.exp(summary.metrics["test/loss"]!), 6);
  expect(readdirSync(join(whole, "figures")).sort()).toEqual([
    "beam.svg",
    "distinct.svg",
    "repetition.svg",
    "samples.svg",
    "seconds.svg",
  ]);
  expect(readMetrics(join(whole, "metrics.jsonl")).filter((line) => "validation/loss" in line)).toHaveLength(3);

  await endAfterAnEpoch(SCRIPT, ["--out", out, ...TINY], "SIGKILL");
  const resumed = latest();
  expect(resumed).not.toBe(whole);
  expect(start(SCRIPT, ["--resume", "--quiet"]).status).toBe(0);
  expect(readSummary(resumed).metrics).toEqual(summary.metrics);
  expect(readFileSync(join(resumed, "model", "model.safetensors"))).toEqual(
    readFileSync(join(whole, "model", "model.safetensors")),
  );

  const written = start(join(FOLDER, "generate", "generate.ts"), [
    "--prompt",
    "the",
    "--method",
    "beam",
    "--length",
    "5",
    "--run",
    basename(resumed),
  ]);
  expect(written).toMatchObject({ status: 0, stderr: "" });
  expect(written.stdout).toMatch(/^-\d+\.\d{3} {2}the/);
  const unnamed = start(join(FOLDER, "generate", "generate.ts"), []);
  expect(unnamed).toMatchObject({ status: 2, stderr: expect.stringContaining("found none") }); // both are smoke runs
}, 120_000);

test("a user's folder trains a character model; a context that is too long ends in one line and exit code 2", () => {
  const data = join(out, "own");
  mkdirSync(data);
  writeFileSync(join(data, "tale.txt"), Array.from({ length: 40 }, (_, i) => `The cat sat ${i} times.`).join("\n\n"));
  const own = ["--data", data, "--level", "character", "--model", "gru", "--quiet", "--preset", "smoke"];
  expect(start(SCRIPT, own)).toMatchObject({ status: 0 });
  expect(readSummary(latest()).dataset?.name).toBe("own");
  const { status, stderr } = start(SCRIPT, [...own, "--time", "5000"]);
  expect(status).toBe(2);
  expect(stderr).toContain("error: --time 5000: expected a text of at least as many tokens");
  expect(stderr.trim().split("\n")).toHaveLength(1);
}, 120_000);

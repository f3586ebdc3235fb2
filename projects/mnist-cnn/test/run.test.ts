import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMetrics, readSummary } from "@course/train";
import { endAfterAnEpoch } from "@course/train/testing";
import { beforeEach, describe, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "..", "src", "train.ts");
// everything that draws at random, or keeps a state of its own, is on
const TINY = ["--limit", "150", "--batchSize", "8", "--features", "3,4", "--hidden", "8", "--epochs", "3"] as const;
const RANDOM = [...TINY, "--augment", "flip", "--batchNorm", "--dropout", "0.4", "--labelSmoothing", "0.1"];

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(out, { recursive: true });
});

const train = (...args: string[]) => spawnSync(process.execPath, [SCRIPT, "--out", out, ...args], { encoding: "utf8" });
const latest = () => join(out, "mnist-cnn", readFileSync(join(out, "mnist-cnn", "latest"), "utf8").trim());
const bytesOf = (folder: string) =>
  ["checkpoints/last/arrays.bin", "model/weights.bin", "metrics.jsonl"].map((name) =>
    readFileSync(join(folder, name)).toString("base64"),
  );

test("exact resume: after Ctrl-C or kill -9, a run goes on to the bytes of a whole one", async () => {
  expect(train("--quiet", ...RANDOM).status).toBe(0);
  const whole = latest();
  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    expect(await endAfterAnEpoch(SCRIPT, ["--out", out, ...RANDOM], signal)).toBe(signal === "SIGINT" ? 130 : null);
    const resumed = latest();
    expect(resumed).not.toBe(whole);
    expect(existsSync(join(resumed, "model"))).toBe(false);
    expect(train("--resume", "--quiet").status).toBe(0);
    expect(bytesOf(resumed)).toEqual(bytesOf(whole));
    expect(readSummary(resumed).metrics).toEqual(readSummary(whole).metrics);
  }
}, 120_000);

describe("a run", () => {
  test("leaves network, figures, accuracy per epoch and result; another seed gives another", () => {
    const { status, stdout } = train(...TINY);
    expect(status).toBe(0);
    const folder = latest();
    expect(readdirSync(join(folder, "figures")).sort()).toEqual([
      "confusion.svg",
      "first-layer.svg",
      "training-images.svg",
      "worst-errors.svg",
    ]);
    expect(readdirSync(join(folder, "model")).sort()).toEqual(["model.json", "model.safetensors", "weights.bin"]);
    const epochs = readMetrics(join(folder, "metrics.jsonl")).filter((line) => "validation/accuracy" in line);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const line of epochs) expect(line["train/accuracy"]).toBeGreaterThan(0);
    const summary = readSummary(folder);
    expect(summary).toMatchObject({
      status: "finished",
      steps: 3 * 18,
      dataset: { train: 140, validation: 10, test: 150 },
    });
    expect(stdout).toContain("baseline: majority class");
    train("--quiet", ...TINY, "--seed", "2");
    expect(readSummary(latest()).metrics).not.toEqual(summary.metrics);
  }, 120_000);
  test("a window that does not fit ends in one line and exit code 2", () => {
    const { status, stderr } = train("--quiet", ...TINY, "--kernel", "20");
    expect(status).toBe(2);
    expect(stderr).toContain("error: convolution 2: a window of 20×20 does not fit into [4, 4] pixels"); // 28 → 9 → 4
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

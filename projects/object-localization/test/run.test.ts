import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMetrics, readSummary } from "@course/train";
import { beforeEach, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "..", "src", "train.ts");
const EVALUATE = join(import.meta.dirname, "..", "predict", "evaluate.ts");
const TINY = ["--model", "lenet-a", "--scenes", "48", "--heldOut", "30", "--batchSize", "20", "--epochs", "3"] as const;

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(out, { recursive: true });
});

const train = (...args: string[]) => spawnSync(process.execPath, [SCRIPT, "--out", out, ...args], { encoding: "utf8" });
const latest = () => {
  const runs = join(out, "object-localization");
  return join(runs, readFileSync(join(runs, "latest"), "utf8").trim());
};

/** Starts a run and stops it as Ctrl-C does once the first epoch is told of; returns the exit code. */
async function interrupt(): Promise<number | null> {
  const child = spawn(process.execPath, [SCRIPT, "--out", out, "--json", ...TINY]);
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
    if (!child.killed && printed.includes('"event":"epoch"')) child.kill("SIGINT"); // once: two end it at once
  });
  return ended;
}

test("a run leaves network, figures, every term of the loss and result, and one that is interrupted ends in the same bytes", async () => {
  const { status, stdout, stderr } = train(...TINY);
  expect(stderr).not.toContain("error");
  expect(status).toBe(0);
  const folder = latest();
  const figures = readdirSync(join(folder, "figures"));
  for (const name of [
    "best",
    "worst",
    "training-scenes",
    "validation-scenes",
    "iou",
    "iou-by-rotation",
    "iou-by-size",
    "iou-by-noise",
  ])
    expect(figures).toContain(`${name}.svg`);
  expect(readdirSync(join(folder, "model"))).toEqual(expect.arrayContaining(["model.json", "weights.bin"]));
  const lines = readMetrics(join(folder, "metrics.jsonl"));
  const [step] = lines.filter((line) => "train/loss" in line) as [Record<string, number>];
  expect(step["train/object"]! + step["train/box"]! + step["train/class"]!).toBeCloseTo(step["train/loss"]!, 4);
  expect(lines.filter((line) => "validation/mean" in line).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  const summary = readSummary(folder);
  expect(summary).toMatchObject({ status: "finished", steps: 9, dataset: { train: 48, validation: 30, test: 60 } });
  const {
    "test/iou": iou,
    "test/classAccuracy": accuracy,
    "test/mean": mean,
  } = summary.metrics as Record<string, number>;
  expect(mean).toBeCloseTo((iou! + accuracy!) / 2, 9);
  expect(stdout).toContain("baseline: mean box of the training scenes");

  const evaluated = spawnSync(process.execPath, [EVALUATE, "--out", out], { encoding: "utf8" });
  for (const name of ["iou", "iouUnrounded", "classAccuracy", "hasObjectAccuracy", "mean"])
    expect(evaluated.stdout).toContain(`test/${name} ${summary.metrics[`test/${name}`]!.toFixed(4)}\n`);
  expect(evaluated.stdout).toContain("| mean IoU ± standard error |");

  expect(await interrupt()).toBe(130);
  expect(train("--resume", "--quiet").status).toBe(0);
  expect(latest()).not.toBe(folder);
  const weights = (run: string) => readFileSync(join(run, "model", "weights.bin")).toString("base64");
  expect(weights(latest())).toBe(weights(folder));
  expect(readSummary(latest()).metrics).toEqual(summary.metrics);
}, 300_000); // three processes

test("evaluate takes a run of this version's settings only, and flags only", () => {
  const folder = join(out, "object-localization", "old");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.json"), JSON.stringify({ config: { model: "lenet-a" } }));
  for (const [args, message] of [
    [["--run", "old"], "config.json: expected this version's settings, received others: fewer"],
    [["old"], 'expected flags only, received "old" (flags: --run, --out, --data, --help)'],
    [["--run", "older"], "no such run (there are: old)"],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, [EVALUATE, "--out", out, ...args], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  }
});

test("a model that does not exist and data that are not there end in one line and exit code 2", () => {
  for (const flags of [
    ["--model", "lenet-z"],
    ["--dataset", "folder"],
    ["--dataset", "folder", "--data", out],
  ]) {
    const { status, stderr } = train("--quiet", ...TINY, ...flags);
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  }
});

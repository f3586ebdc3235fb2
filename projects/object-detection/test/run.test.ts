import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMetrics, readSummary } from "@course/train";
import { afterAll, describe, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "..", "src", "train.ts");
const EVALUATE = join(import.meta.dirname, "..", "predict", "evaluate.ts");
const out = mkdtempSync(join(tmpdir(), "runs-"));
afterAll(() => rmSync(out, { recursive: true }));

const TINY = ["--model", "conv-a", "--scenes", "96", "--heldOut", "2", "--epochs", "2", "--batchSize", "16"];
const train = (...args: string[]) =>
  spawnSync(process.execPath, [SCRIPT, "--out", out, ...TINY, ...args], { encoding: "utf8" });
const latest = () =>
  join(out, "object-detection", readFileSync(join(out, "object-detection", "latest"), "utf8").trim());

describe("a run", () => {
  test("leaves network, figures, the loss's terms and mAP; a second one of the seed the same", () => {
    const { status, stderr } = train("--quiet");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const folder = latest();
    expect(existsSync(join(folder, "model", "model.json"))).toBe(true);
    const figures = ["classes.svg", "precision-recall.svg", "test-scenes.svg", "training-scenes.svg", "worst.svg"];
    expect(readdirSync(join(folder, "figures")).sort()).toEqual(figures);
    const lines = readMetrics(join(folder, "metrics.jsonl"));
    const step = lines.find((line) => "train/object" in line)!;
    const sum = step["train/object"]! + 5 * step["train/box"]! + step["train/class"]!; // boxWeight by default
    expect(sum).toBeCloseTo(step["train/loss"]!, 4);
    expect(lines.filter((line) => "validation/mAP" in line)).toHaveLength(2);
    const { metrics, dataset } = readSummary(folder);
    expect(Object.keys(metrics)).toEqual(["test/mAP", "test/mAP50", "test/mAP75", "test/mAPUnrounded", "train/mAP"]);
    expect(dataset).toMatchObject({ name: "detection-scenes", train: 96, validation: 2, test: 4 });

    const evaluated = spawnSync(process.execPath, [EVALUATE, "--out", out], { encoding: "utf8" });
    for (const name of ["mAP", "mAP50", "mAP75", "mAPUnrounded"])
      expect(evaluated.stdout).toContain(`test/${name} ${metrics[`test/${name}`]!.toFixed(4)}\n`);

    train("--quiet");
    expect(latest()).not.toBe(folder);
    const weights = (run: string) => readFileSync(join(run, "model", "weights.bin")).toString("base64");
    expect(weights(latest())).toBe(weights(folder));
  }, 120_000);
  test.each([
    [["--objects", "7"], "objects"],
    [["--classes", "1"], "classes"],
    [["--dataset", "folder", "--data", out], "expected an array that numpy.save wrote"],
  ])("%j ends in one line and exit code 2", (args, message) => {
    const { status, stderr } = train("--quiet", ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveModel, useBackend } from "@course/tf";
import { readSummary } from "@course/train";
import { afterAll, describe, expect, test } from "vitest";
import { buildNetwork } from "../network/build.ts";

const SCRIPT = join(import.meta.dirname, "..", "src", "train.ts");
const out = mkdtempSync(join(tmpdir(), "runs-"));
afterAll(() => rmSync(out, { recursive: true }));

const TINY = ["--limit", "150", "--features", "4,6", "--epochs", "1", "--images", "2", "--steps", "7", "--stride", "7"];
const train = (...args: string[]) =>
  spawnSync(process.execPath, [SCRIPT, "--out", out, ...TINY, ...args], { encoding: "utf8" });
const latest = () => join(out, "grad-cam", readFileSync(join(out, "grad-cam", "latest"), "utf8").trim());

describe("a run", () => {
  test("leaves network, figures and measures; another run explains that network, and finds the same", () => {
    const first = train();
    expect(first.stderr).toBe("");
    const folder = latest();
    expect(readdirSync(join(folder, "model"))).toEqual(expect.arrayContaining(["model.json", "weights.bin"]));
    const figures = ["classes", "deletion", "insertion", "layers", "maps", "sanity-maps", "sanity", "wrong"];
    expect(readdirSync(join(folder, "figures")).sort()).toEqual(figures.map((name) => `${name}.svg`));
    const { metrics } = readSummary(folder);
    expect(metrics["check/mapError"]).toBeLessThan(1e-3);
    for (const key of [
      "deletion/gradCam",
      "deletion/random",
      "insertion/gradCam",
      "sanity/gradCam",
      "sanity/evenGradCam",
    ])
      expect(Number.isFinite(metrics[key])).toBe(true);
    expect(metrics["deletion/difference"]).toBeCloseTo(metrics["deletion/gradCam"]! - metrics["deletion/random"]!, 6);
    expect(metrics["deletion/differenceLow"]).toBeLessThan(metrics["deletion/differenceHigh"]!);

    const second = train("--quiet", "--model", join(folder, "model"));
    expect(second.status).toBe(0);
    expect(readSummary(latest()).metrics).toEqual(metrics);

    const other = train("--quiet", "--model", join(folder, "model"), "--dataset", "fashion-mnist");
    expect(other.status).toBe(2);
    expect(other.stderr).toMatch(/^error: model: expected one trained on fashion-mnist, received one of digits/);
  }, 120_000);
  test("a folder that holds no network ends in one line and exit code 2", () => {
    const { status, stderr } = train("--quiet", "--model", out);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*model\.json: cannot be read/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
  test("more convolutions than halvings leave pixels for end it before the training", () => {
    const { status, stdout, stderr } = train("--features", "2,2,2,2,2,2");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: --features: expected at most 5 convolutions, received 6: .* of 28×28\n$/);
    expect(stdout).not.toContain("epoch 1");
  });
  test("a layer that there is not ends it before the training", () => {
    const { status, stdout, stderr } = train("--layer", "conv9");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: layer: expected one with feature maps \(conv1, .*\), received "conv9"\n$/);
    expect(stdout).toContain("parameters");
    expect(stdout).not.toContain("epoch 1");
  });
  test("so does a network for other images and classes", async () => {
    await useBackend();
    await saveModel(buildNetwork([8, 8, 1], [2], { numClasses: 3, seed: 1 }), join(out, "small"));
    const { status, stderr } = train("--quiet", "--model", join(out, "small"));
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*expected images \[28, 28, 1\] → 10 classes .*received images \[8, 8, 1\] → 3/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

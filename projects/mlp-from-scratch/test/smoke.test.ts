import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRunFolder, readSummary } from "@course/train";
import { afterAll, beforeAll, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "..", "src", "train.ts");
let out: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "smoke-"));
});
afterAll(() => rmSync(out, { recursive: true }));

test.each([1, 2, 3])(
  "a smoke run finishes above its baselines, and the doctor finds nothing (seed %d)",
  (seed) => {
    const flags = ["--preset", "smoke", "--quiet", "--seed", String(seed), "--out", out];
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, ...flags], { encoding: "utf8" });
    expect(stderr).not.toContain("error");
    expect(status).toBe(0);
    const summary = readSummary(findRunFolder(out, "mlp-from-scratch", "latest"));
    expect(summary.diagnosis).toEqual([]);
    expect(summary.metrics["test/accuracy"]).toBeGreaterThan(summary.baselines["majority class"]!);
  },
  60_000,
);

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readCheckpoint, readSafetensors, readSummary } from "../src/index.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const PLANE = join(FIXTURES, "killed-plane.ts");
let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "ends-"));
  return () => rmSync(out, { recursive: true });
});

const latest = () => join(out, "killed-plane", readFileSync(join(out, "killed-plane", "latest"), "utf8").trim());

test("a full disk during a checkpoint: one line and exit code 2; the last good checkpoint stays, and resumes", () => {
  const args = ["--import", join(FIXTURES, "die-in-checkpoint.ts"), PLANE, "--out", out, "--epochs", "6", "--quiet"];
  const env = { ...process.env, FULL_AT: "10" }; // two checkpoints an epoch, of two files each: the third epoch's
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
  expect(status).toBe(2);
  const folder = latest();
  expect(stderr).toMatch(/^error: .*checkpoints.*: the disk is full \(ENOSPC\): the last good checkpoint stays: free /);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(`run train --resume ${folder.split("/").at(-1)} --out ${out}`);
  expect(readCheckpoint(join(folder, "checkpoints", "last")).position.epoch).toBe(3); // two are done
  expect(readdirSync(join(folder, "checkpoints")).sort()).toEqual(["best", "best.previous", "last", "last.previous"]);
  expect(existsSync(join(folder, "lock"))).toBe(false);
  expect(spawnSync(process.execPath, [PLANE, "--out", out, "--resume", "--quiet"]).status).toBe(0);
});

test("the model's weights lie in model.safetensors with their shapes; they are those of the end", () => {
  spawnSync(process.execPath, [PLANE, "--out", out, "--epochs", "2", "--quiet"]);
  const { tensors } = readSafetensors(join(latest(), "model", "model.safetensors"));
  expect(Object.keys(tensors)).toEqual(["0"]);
  expect(tensors["0"]!.shape).toEqual([40, 1]);
  const { model, average } = readCheckpoint(join(latest(), "checkpoints", "best")).parts;
  expect(tensors["0"]!.data).toEqual(average!.arrays["0"]); // the project put the averages in
  expect(tensors["0"]!.data).not.toEqual(model!.arrays["0"]);
});

test("Ctrl-C while the data load: leaves at once, and there is nothing to resume", async () => {
  const child = spawn(process.execPath, [PLANE, "--out", out, "--json", "--loading", "60000"]);
  let stdout = "";
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (text) => {
      stdout += text;
      if (stdout.includes('"parameters"')) resolve();
    });
  });
  const asked = performance.now();
  child.kill("SIGINT");
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(130);
  expect(performance.now() - asked).toBeLessThan(5000); // not the minute that loading takes
  expect(readSummary(latest())).toMatchObject({ status: "interrupted", steps: 0 });
  expect(stdout).not.toContain("--resume");
  expect(existsSync(join(latest(), "lock"))).toBe(false);
  const { stderr } = spawnSync(process.execPath, [PLANE, "--out", out, "--resume"], { encoding: "utf8" });
  expect(stderr).toContain("expected a checkpoint, found none (it ended before its first): train again");
});

test("a second process on a run that goes on is refused, and the first one does not notice", async () => {
  const child = spawn(process.execPath, [PLANE, "--out", out, "--epochs", "60", "--json"]);
  const ended = new Promise((resolve) => child.on("close", resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (text) => String(text).includes('"epoch"') && resolve());
  });
  const second = spawnSync(process.execPath, [PLANE, "--out", out, "--resume"], { encoding: "utf8" });
  expect(second.status).toBe(2);
  expect(second.stderr).toMatch(
    new RegExp(`^error: .*: process ${child.pid} trains here since .*: wait for it, or end it first\n$`),
  );
  child.kill("SIGINT");
  expect(await ended).toBe(130);
});

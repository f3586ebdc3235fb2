import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { readCheckpoint, readSummary } from "../src/index.ts";

const SCRIPT = join(import.meta.dirname, "fixtures", "line-experiment.ts");
let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(out, { recursive: true });
});

const runLine = (...args: string[]) =>
  spawnSync(process.execPath, [SCRIPT, "--out", out, ...args], { encoding: "utf8" });
const latest = () => join(out, "line", readFileSync(join(out, "line", "latest"), "utf8").trim());
const hashOf = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** The run's folder once the file is in it; the child may still be starting. */
async function folderWith(file: string): Promise<string> {
  for (;;) {
    if (existsSync(join(out, "line", "latest")) && existsSync(join(latest(), file))) return latest();
    await setTimeout(10);
  }
}

/** Starts a slow run, ends it with the signal a little after the file is there, and returns its exit code. */
async function interrupt(signal: NodeJS.Signals, file: string, ...args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, [SCRIPT, "--out", out, "--mode", "slow", "--quiet", ...args]);
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  await folderWith(file);
  await setTimeout(200);
  child.kill(signal);
  return ended;
}

test("a finished run leaves every file, its result and where the report is", () => {
  const { status, stdout } = runLine();
  expect(status).toBe(0);
  const folder = latest();
  const names = readdirSync(folder);
  expect(names.filter((name) => name.startsWith("events.out.tfevents."))).toHaveLength(1);
  expect(names.filter((name) => !name.startsWith("events.")).sort()).toEqual(
    [
      "checkpoints",
      "config.json",
      "environment.json",
      "figures",
      "metrics.jsonl",
      "report.html",
      "summary.json",
    ].sort(),
  );
  expect(readSummary(folder)).toMatchObject({
    project: "line",
    status: "finished",
    preset: "default",
    seed: 1,
    epochs: 3,
    steps: 18, // ⌈40 / 7⌉ = 6 steps an epoch
    parameters: 2,
    baselines: { zero: 2 },
    dataset: { name: "points", train: 40 },
  });
  expect(stdout).toContain("epoch 3/3");
  expect(stdout).toContain("report.html");
  expect(stdout).not.toContain("\u001b"); // no control codes without a terminal
});

test("two runs of one seed agree in every byte; another seed does not", () => {
  const weights = (seed: string) => {
    runLine("--quiet", "--seed", seed);
    return hashOf(join(latest(), "checkpoints", "last", "arrays.bin"));
  };
  expect(weights("5")).toBe(weights("5"));
  expect(weights("6")).not.toBe(weights("5"));
});

test("--json prints one object a line", () => {
  const events = runLine("--json")
    .stdout.trim()
    .split("\n")
    .map((line) => JSON.parse(line).event);
  expect(events[0]).toBe("start");
  expect(events.filter((event) => event === "epoch")).toHaveLength(3);
  expect(events.at(-1)).toBe("end");
});

test("a wrong flag: one line on stderr, exit code 2, no run folder", () => {
  const { status, stderr } = runLine("--epochss", "3");
  expect(status).toBe(2);
  expect(stderr).toBe('error: --epochss: no such flag (did you mean "epochs"?)\n');
  expect(existsSync(join(out, "line"))).toBe(false);
});

test("NaN stops the run, names term and step, and keeps the last good checkpoint", () => {
  const { status, stderr } = runLine("--divergeAt", "8");
  expect(status).toBe(1);
  expect(stderr).toContain("train/loss at step 8 (epoch 2): expected a finite number, received NaN");
  expect(readSummary(latest())).toMatchObject({ status: "failed", steps: 7 });
  expect(existsSync(join(latest(), "checkpoints", "last", "arrays.bin"))).toBe(true);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s saves, says so in the exit code, and resumes to the same bytes",
  async (signal) => {
    expect(await interrupt(signal, "checkpoints/last")).toBe(130);
    const folder = latest();
    const { status, steps } = readSummary(folder);
    expect(status).toBe("interrupted");
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(18);
    expect(runLine("--resume").status).toBe(0);
    const resumed = ["checkpoints/last/arrays.bin", "metrics.jsonl"].map((name) => hashOf(join(folder, name)));
    const { seconds: _, examplesPerSecond: __, run: ___, ...summary } = readSummary(folder);
    runLine("--quiet", "--mode", "slow");
    const whole = ["checkpoints/last/arrays.bin", "metrics.jsonl"].map((name) => hashOf(join(latest(), name)));
    expect(resumed).toEqual(whole);
    expect(readSummary(latest())).toMatchObject(summary);
  },
  120_000,
);

test("kill -9 loses only what came after the last checkpoint", async () => {
  await interrupt("SIGKILL", "checkpoints/last", "--epochs", "4");
  const folder = latest();
  expect(existsSync(join(folder, "checkpoints", "last"))).toBe(true);
  expect(runLine("--resume", "--quiet").status).toBe(0);
  const resumed = hashOf(join(folder, "checkpoints", "last", "arrays.bin"));
  runLine("--quiet", "--epochs", "4");
  expect(resumed).toBe(hashOf(join(latest(), "checkpoints", "last", "arrays.bin")));
});

test("--resume refuses changed settings, a finished run, and a run that is not there", async () => {
  expect(runLine("--resume").stderr).toContain("expected a run of line, found none");
  await interrupt("SIGINT", "checkpoints/last");
  expect(runLine("--resume", "--learningRate", "0.1").stderr).toBe(
    "error: --resume: the run was started with other settings (learningRate 0.05 → 0.1): leave those flags out, or add --force\n",
  );
  expect(runLine("--resume", "--learningRate", "0.05").status).toBe(0);
  expect(runLine("--resume").stderr).toContain("this run is finished");
  expect(runLine("--resume", "nonsense").stderr).toContain("no such run (there are: ");
});

test("the report opens without a request and shows result, settings and command", () => {
  runLine("--hidden", "5,2");
  const html = readFileSync(join(latest(), "report.html"), "utf8");
  expect(html).not.toMatch(/(src|href)="https?:/);
  expect(html).not.toContain("<script");
  for (const text of [
    "baseline: zero",
    "learningRate",
    "pnpm --filter line run train --preset default --seed 1 --hidden 5,2</pre>",
    "<svg",
  ])
    expect(html).toContain(text);
});

test("--out below a file: one line and exit code 2", () => {
  writeFileSync(join(out, "file"), "");
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, "--out", join(out, "file")], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toContain("a part of this path is a file");
  expect(stderr.split("\n")).toHaveLength(2);
});

test("a run folder that is removed during the run is named", async () => {
  const child = spawn(process.execPath, [SCRIPT, "--out", out, "--mode", "slow", "--quiet"]);
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  rmSync(await folderWith("checkpoints/last"), { recursive: true });
  const code = await ended;
  expect(code).toBe(2);
  expect(stderr).toContain("the run's folder was removed while it was training");
});

/** A mounted file system of 64 KB, or undefined where this user may not mount one. */
function tinyDisk(): { folder: string; unmount: () => void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "tiny-disk-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
  if (status === 0) return { folder, unmount: () => void spawnSync("umount", [folder]) };
  rmSync(folder, { recursive: true });
  return undefined;
}

test("a full disk: one line, exit code 2, and the earlier checkpoint still whole", (context) => {
  const disk = tinyDisk();
  if (!disk) return context.skip("needs the right to mount a tmpfs");
  try {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, "--out", disk.folder, "--epochs", "400"], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("the disk is full");
    const run = readFileSync(join(disk.folder, "line", "latest"), "utf8").trim();
    const { position } = readCheckpoint(join(disk.folder, "line", run, "checkpoints", "last"));
    expect(position.epoch).toBeGreaterThan(1);
  } finally {
    disk.unmount();
  }
});

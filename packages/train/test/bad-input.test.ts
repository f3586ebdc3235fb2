import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { beforeEach, expect, test } from "vitest";
import { type Dataset, type Run, readJson, writeJson } from "../src/index.ts";
import { lockRunFolder } from "../src/run-lock.ts";
import { summarizeRun } from "../src/summarize-run.ts";
import { lineExperiment } from "./fixtures/line-experiment.ts";
import { prepare, trainLine } from "./fixtures/train-line.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "bad-input-"));
  return () => rmSync(out, { recursive: true });
});

const SLOW = ["--mode", "slow"]; // 60 ms a step: the run looks for signals between any two
const startAndStop = () => trainLine(out, SLOW, { stopAtStep: 8 });

/** Damages a JSON file of the run as told. */
function edit(path: string, change: (content: Record<string, unknown>) => void): void {
  const content = readJson(path) as Record<string, unknown>;
  change(content);
  writeJson(path, content);
}

const withOtherData = (run: Run) => {
  const useDataset = run.useDataset.bind(run);
  run.useDataset = (dataset: Dataset) =>
    useDataset({ ...dataset, provenance: { ...dataset.provenance, sha256: "9".repeat(64) } });
};

test("changed settings: each is named with its old and new value, and --force is", async () => {
  await startAndStop();
  expect(() => prepare(out, "--resume", "--learningRate", "0.1", "--patience", "2", "--mode", "slow")).toThrow(
    new UserError(
      "--resume: the run was started with other settings (learningRate 0.05 → 0.1, patience 0 → 2): leave those flags out, or add --force",
    ),
  );
});

test("--force goes on with changed settings, warns, and records it for good", async () => {
  const { folder } = await startAndStop();
  const forced = await trainLine(out, ["--resume", "--force", "--epochs", "2", "--mode", "fast"]);
  const changes = ["epochs 3 → 2", 'mode "slow" → "fast"'];
  expect(forced.warnings).toEqual([`--force: ${changes.join(", ")}`]);
  expect(forced.run.steps).toBe(12); // 2 epochs of 6
  const { settings, unlock } = prepare(out, "--resume"); // its settings are those of the run from now on
  unlock();
  expect(settings.config).toMatchObject({ epochs: 2, mode: "fast", learningRate: 0.05 });
  const end = { experiment: lineExperiment as never, settings, status: "finished" as const, outcome: { metrics: {} } };
  expect(summarizeRun(forced.run, end).forced).toEqual(changes);
  expect(readJson(join(folder, "config.json"))).toMatchObject({ forced: changes });
});

test("--force with another preset takes all of that preset, and other flags of the line with it", async () => {
  await startAndStop();
  const { settings, unlock } = prepare(out, "--resume", "--force", "--preset", "full", "--learningRate", "0.1");
  unlock();
  expect(settings).toMatchObject({ preset: "full", seed: 1, patience: 0, backend: "auto" });
  expect(settings.config).toMatchObject({ epochs: 6, learningRate: 0.1, mode: "fast" });
  expect(settings.forced).toEqual(["learningRate 0.05 → 0.1", 'preset "default" → "full"']);
});

test("a finished run: nothing to resume, unless something is changed on purpose", async () => {
  const { folder } = await trainLine(out, []);
  writeJson(join(folder, "summary.json"), { status: "finished" });
  expect(() => prepare(out, "--resume")).toThrow("this run is finished: nothing to resume");
  const { run, metrics } = await trainLine(out, ["--resume", "--force", "--epochs", "5"]);
  expect(run.steps).toBe(30);
  expect(metrics).toEqual((await trainLine(join(out, "whole"), ["--epochs", "5"])).metrics);
});

test("other data: refused with both hashes; with --force it goes on and records from where", async () => {
  await startAndStop();
  await expect(trainLine(out, ["--resume"], { change: withOtherData })).rejects.toThrow(
    new UserError(
      "--resume: expected the data set 000000000000…, received 999999999999… (other data than before; --force goes on with them)",
    ),
  );
  const { warnings, run } = await trainLine(out, ["--resume", "--force"], { change: withOtherData });
  expect(warnings).toEqual(["--force: expected the data set 000000000000…, received 999999999999…"]);
  expect(run.state.forced).toEqual([
    "expected the data set 000000000000…, received 999999999999…, from epoch 2, step 8 on",
  ]);
});

test.each(["state.json", "arrays.bin"])("a damaged %s: the checkpoint before it, and the same end", async (file) => {
  const { folder } = await startAndStop();
  writeFileSync(join(folder, "checkpoints", "last", file), "half");
  const { warnings, notes, metrics } = await trainLine(out, ["--resume"]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/last: .*: going on from the checkpoint before it$/);
  expect(notes[0]).toBe("resumed at epoch 2, step 6");
  const whole = await trainLine(join(out, "whole"), []);
  expect(metrics).toEqual(whole.metrics);
});

test("a run of another project, one that is not there, and settings that the project no longer has", async () => {
  const { folder } = await startAndStop();
  expect(() => prepare(out, "--resume", "nonsense")).toThrow(/nonsense: no such run \(there are: /);
  expect(() => prepare(join(out, "empty"), "--resume")).toThrow("expected a run of line, found none");
  edit(join(folder, "config.json"), ({ config }) => Object.assign(config as object, { momentum: 0.9 }));
  expect(() => prepare(out, "--resume")).toThrow(
    /config\.json: expected this version's settings, received others: .*momentum/,
  );
  edit(join(folder, "config.json"), (settings) => Object.assign(settings, { config: {} }));
  expect(() => prepare(out, "--resume")).toThrow("received others: fewer (defaults would stand for what is missing)");
  edit(join(folder, "config.json"), (settings) => Object.assign(settings, { project: "curve" }));
  expect(() => prepare(out, "--resume")).toThrow("expected a run of line, found one of curve");
});

test.each([
  [undefined, "version 1: an older"],
  [99, "version 99: a newer"],
])("a checkpoint of version %s", async (version, message) => {
  const { folder } = await startAndStop();
  edit(join(folder, "checkpoints", "last", "state.json"), (state) => {
    state.version = version;
  });
  await expect(trainLine(out, ["--resume"])).rejects.toThrow(`${message} @course/train wrote it (train again, or`);
});

test("two processes on one run folder: the second is told which process has it", async () => {
  const { folder } = await startAndStop();
  const unlock = lockRunFolder(folder, () => {});
  expect(() => prepare(out, "--resume")).toThrow(`process ${process.pid} trains here since `);
  unlock();
  prepare(out, "--resume").unlock();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("--resume lets go of the folder when it refuses", async () => {
  const { folder } = await startAndStop();
  expect(() => prepare(out, "--resume", "--epochs", "7")).toThrow(UserError);
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("weights that are not finite: part, array and place are named, and the last good checkpoint stays", async () => {
  const ruin = (run: Run) => {
    const track = run.track.bind(run);
    run.track = (parts) => {
      const endEpoch = run.endEpoch.bind(run);
      run.endEpoch = (metrics) => {
        if (run.state.epochsDone === 1) parts.line!.state().arrays.velocity![1] = Number.NaN;
        endEpoch(metrics);
      };
      track(parts);
    };
  };
  await expect(trainLine(out, [], { change: ruin })).rejects.toThrow(
    "line/velocity at step 12: expected finite values, received NaN at index 1 of 2 (not saved; ",
  );
  const { notes } = await trainLine(out, ["--resume"]);
  expect(notes).toEqual(["resumed at epoch 2, step 6"]);
});

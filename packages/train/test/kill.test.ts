import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, type Random } from "@course/core";
import { beforeEach, expect, test } from "vitest";
import { readSummary } from "../src/index.ts";
import { fingerprint, type Kill, runAndKill } from "./fixtures/kill.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const OPERATIONS = ["openSync", "writeSync", "fsyncSync", "renameSync", "rmSync", "mkdirSync"];

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "kills-"));
  return () => rmSync(out, { recursive: true });
});

/** `inCheckpoint` of them in every kind of file operation of a checkpoint; the others by a signal from outside. */
function planKills(random: Random, plan: { count: number; inCheckpoint: number; milliseconds: number }): Kill[] {
  const kills = Array.from({ length: plan.count }, (_, i): Kill => {
    if (i < plan.inCheckpoint) return { inCheckpoint: `${OPERATIONS[i % 6]} ${random.integer(1, 9)}` };
    const signal = random.choice(["SIGKILL", "SIGINT", "SIGTERM"] as const);
    return { signal, afterMilliseconds: random.integer(0, plan.milliseconds) };
  });
  return random.shuffle(kills);
}

/** Starts a run, kills and resumes it as planned, and lets it end. @returns the run's folder and where it was killed. */
async function trainAndKill(project: string, kills: readonly Kill[], args: readonly string[] = []) {
  const script = join(FIXTURES, `${project}.ts`);
  const flags = ["--out", join(out, "broken"), ...args];
  // its first checkpoint is left alone: without one there is nothing to resume
  await runAndKill(script, flags, { signal: "SIGINT", afterMilliseconds: 60 });
  const operations: string[] = [];
  for (const kill of kills) {
    const { code, signal, stderr } = await runAndKill(script, [...flags, "--resume"], kill);
    expect(code ?? signal, stderr).toBe("signal" in kill && kill.signal !== "SIGKILL" ? 130 : "SIGKILL");
    operations.push(...(/killed in (\w+)/.exec(stderr)?.slice(1) ?? []));
  }
  expect(await runAndKill(script, [...flags, "--resume"])).toMatchObject({ code: 0 });
  return { folder: latest("broken", project), operations };
}

async function trainWhole(project: string, args: readonly string[] = []): Promise<string> {
  const flags = ["--out", join(out, "whole"), ...args];
  expect(await runAndKill(join(FIXTURES, `${project}.ts`), flags)).toMatchObject({ code: 0 });
  return latest("whole", project);
}

function latest(folder: string, project: string): string {
  return join(out, folder, project, readFileSync(join(out, folder, project, "latest"), "utf8").trim());
}

test("killed twenty times, in checkpoints too: ends in the bytes of the run that nobody killed", async () => {
  const kills = planKills(createRandom("kills"), { count: 20, inCheckpoint: 8, milliseconds: 80 });
  const { folder, operations } = await trainAndKill("killed-plane", kills);
  expect(operations).toHaveLength(8);
  expect(new Set(operations)).toEqual(new Set(OPERATIONS));
  expect(fingerprint(folder)).toEqual(fingerprint(await trainWhole("killed-plane")));
}, 300_000);

test("on the WASM backend, with dropout, Adam, a schedule, averaged weights and early stopping", async () => {
  const kills = planKills(createRandom("kills of a network"), { count: 5, inCheckpoint: 2, milliseconds: 200 });
  const patience = ["--patience", "4"];
  const { folder } = await trainAndKill("killed-network", kills, patience);
  expect(readSummary(folder).stoppedEarly).toBeGreaterThan(10);
  expect(fingerprint(folder)).toEqual(fingerprint(await trainWhole("killed-network", patience)));
}, 300_000);

import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { UserError } from "@course/core";
import type { Backend } from "./backend.ts";
import type { RunOptions } from "./common-flags.ts";
import type { Experiment } from "./experiment.ts";
import { readJson, writeJson } from "./files.ts";
import type { ParsedFlags } from "./flags.ts";
import { checkConfig } from "./flags.ts";
import { createRunFolder, findRunFolder } from "./run-folder.ts";
import { lockRunFolder } from "./run-lock.ts";
import { readRunSettings } from "./saved-run.ts";
import type { Summary } from "./summary.ts";

/** `config.json` of a run. */
export interface RunSettings {
  readonly project: string;
  readonly preset: string;
  readonly seed: number;
  readonly patience: number;
  /** As asked for: `auto` is most often the WASM one. */
  readonly backend: Backend;
  readonly config: Record<string, unknown>;
  /** Settings that a `--resume --force` changed: "epochs 3 → 5". */
  readonly forced: readonly string[];
}

export interface PreparedRun {
  readonly folder: string;
  readonly settings: RunSettings;
  /** Lines for the user, once there is a display. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** Lets other processes use the folder. */
  readonly unlock: () => void;
}

/** Makes a new run's folder, or finds the one to resume with the settings it was started with, and locks it. */
export function prepareRun(experiment: Experiment, flags: ParsedFlags, outFolder: string): PreparedRun {
  const { config, options } = flags;
  if (options.resume !== undefined) return prepareResume(experiment, flags, findRun(experiment, options, outFolder));
  const { preset, seed, patience, backend } = options;
  const settings: RunSettings = { project: experiment.name, preset, seed, patience, backend, config, forced: [] };
  const folder = createRunFolder(outFolder, experiment.name, options);
  const unlock = lockRunFolder(folder, () => {});
  writeJson(join(folder, "config.json"), settings);
  return { folder, settings, notes: [], warnings: [], unlock };
}

function findRun({ name }: Experiment, { resume }: RunOptions, outFolder: string): string {
  const folder = findRunFolder(outFolder, name, resume!);
  const { project } = readSettings(folder);
  if (project === name) return folder;
  throw new UserError(`${folder}: expected a run of ${name}, found one of ${project}: resume it with that project`);
}

/** Runs of before these flags lack `patience`, `backend` and `forced`. */
function readSettings(folder: string): RunSettings {
  const saved = readJson(join(folder, "config.json")) as Partial<RunSettings>;
  return { patience: 0, backend: "auto", forced: [], ...saved } as RunSettings;
}

function prepareResume(experiment: Experiment, flags: ParsedFlags, folder: string): PreparedRun {
  const notes: string[] = [];
  const unlock = lockRunFolder(folder, (line) => notes.push(line));
  try {
    const saved = readSettings(folder);
    const changes = listChanges(saved, flags.given);
    assertCanGoOn(folder, changes, flags.options.force);
    if (changes.length === 0) {
      const { config } = readRunSettings(folder, experiment.config.strict());
      return { folder, settings: { ...saved, config }, notes, warnings: [], unlock };
    }
    const settings = { ...changeSettings(saved, flags), forced: [...saved.forced, ...changes] };
    const checked = { ...settings, config: checkConfig(experiment, settings.config) };
    writeJson(join(folder, "config.json"), checked);
    return { folder, settings: checked, notes, warnings: [`--force: ${changes.join(", ")}`], unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** "learningRate 0.05 → 0.1" for each flag that says something else than the run was started with. */
function listChanges(saved: RunSettings, given: ParsedFlags["given"]): string[] {
  const { preset, seed, patience, backend } = saved;
  const before: Record<string, unknown> = { ...saved.config, preset, seed, patience, backend };
  const changed = Object.keys(given).filter((key) => JSON.stringify(given[key]) !== JSON.stringify(before[key]));
  return changed.map((key) => `${key} ${JSON.stringify(before[key])} → ${JSON.stringify(given[key])}`);
}

function assertCanGoOn(folder: string, changes: readonly string[], force: boolean): void {
  if (changes.length > 0 && !force)
    throw new UserError(
      `--resume: the run was started with other settings (${changes.join(", ")}): leave those flags out, or add --force`,
    );
  const summaryPath = join(folder, "summary.json");
  const { status, trial } = existsSync(summaryPath) ? (readJson(summaryPath) as Partial<Summary>) : {};
  if (trial) throw new UserError(`${folder}: this was --${trial.name}, not a training: nothing to resume`);
  if (status === "finished" && changes.length === 0)
    throw new UserError(`${folder}: this run is finished: nothing to resume (train without --resume for a new one)`);
  if (!existsSync(join(folder, "checkpoints")))
    throw new UserError(`${folder}: expected a checkpoint, found none (it ended before its first): train again`);
}

/** A changed preset brings all its settings, other flags only their own. */
function changeSettings(saved: RunSettings, { given, config }: ParsedFlags): RunSettings {
  const { preset = saved.preset, ...flags } = given as Partial<RunSettings>;
  const { seed = saved.seed, patience = saved.patience, backend = saved.backend, ...own } = flags;
  const changed = preset === saved.preset ? { ...saved.config, ...own } : config;
  return { ...saved, preset, seed, patience, backend, config: changed };
}

/** What to add to `train` to go on: names the folders again that this run was given. */
export function resumeFlags(folder: string, { outFolder, dataFolder }: RunOptions): string {
  const out = outFolder === undefined ? "" : ` --out ${outFolder}`;
  const data = dataFolder === undefined ? "" : ` --data ${dataFolder}`;
  return `--resume ${basename(folder)}${out}${data}`;
}

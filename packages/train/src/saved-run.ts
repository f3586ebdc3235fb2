import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { UserError } from "@course/core";
import type { z } from "zod";
import { readJson } from "./files.ts";
import { findRunFolder } from "./run-folder.ts";
import { resolveUserPath, workspaceRoot } from "./workspace.ts";

/** As typed on a command line. */
export interface SavedRunFlags {
  /** Name of the run; the latest by default. */
  readonly run?: string;
  /** Where the runs lie: as a training's `--out`. */
  readonly out?: string;
}

/** The folder of a saved run. @throws UserError if there is none */
export function savedRunFolder(project: string, { run = "latest", out }: SavedRunFlags): string {
  return findRunFolder(out === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(out), project, run);
}

/** The folder of a saved network: `--model`, or that of a run. @throws UserError if there is no such run */
export function savedModelFolder(
  project: string,
  { model, ...run }: SavedRunFlags & { readonly model?: string },
): string {
  return model === undefined ? join(savedRunFolder(project, run), "model") : resolveUserPath(model);
}

export interface SavedSettings<Config> {
  readonly seed: number;
  readonly preset: string;
  readonly config: Config;
}

/** What a run was started with. @throws UserError where it lacks settings of `config`, or has others: a run of another version */
export function readRunSettings<Schema extends z.ZodType>(
  folder: string,
  config: Schema,
): SavedSettings<z.output<Schema>> {
  const path = join(folder, "config.json");
  const saved = readJson(path) as SavedSettings<unknown>;
  const { success, data, error } = config.safeParse(saved.config);
  if (success && isDeepStrictEqual(data, saved.config)) return { ...saved, config: data };
  const [issue] = error?.issues ?? [];
  const received = issue
    ? [...issue.path, issue.message].join(": ")
    : "fewer (defaults would stand for what is missing)";
  throw new UserError(`${path}: expected this version's settings, received others: ${received} (train again)`);
}

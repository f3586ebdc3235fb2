import { join } from "node:path";
import { UserError } from "@course/core";
import {
  finishedRuns as allFinishedRuns,
  findRunFolder,
  orPassOver,
  type FinishedRun as Run,
  readJson,
} from "@course/train";
import { type Config, config } from "../src/config.ts";

const PROJECT = "text-generation";

export interface FinishedRun extends Run<Config> {
  readonly vocabularyHash: string;
}

/** The runs whose networks are worth a look, the oldest first. */
export function finishedRuns(outFolder: string): FinishedRun[] {
  return allFinishedRuns(outFolder, PROJECT, config).flatMap((run) =>
    orPassOver(() => ({ ...run, vocabularyHash: hashOf(join(run.folder, "vocabulary.json")) })),
  );
}

function hashOf(path: string): string {
  const { hash } = readJson(path) as { hash?: unknown };
  if (typeof hash === "string") return hash;
  throw new UserError(`${path}: expected a vocabulary with its hash, received none (damaged?)`);
}

/** The folder of the run of this name, or of the latest of `finishedRuns`. @throws UserError if there is none. */
export function findRun(outFolder: string, name?: string): string {
  if (name !== undefined) return findRunFolder(outFolder, PROJECT, name);
  const latest = finishedRuns(outFolder).at(-1);
  if (latest) return latest.folder;
  throw new UserError(
    `${join(outFolder, PROJECT)}: expected a finished run that is no smoke run, found none (train first, or name one with --run)`,
  );
}

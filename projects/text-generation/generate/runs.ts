import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import type { SavedVocabulary } from "@course/data";
import { findRunFolder, listRuns, readJson, readRunSettings, readSummary, type Summary } from "@course/train";
import { type Config, config as settings } from "../src/config.ts";

const PROJECT = "text-generation";

export interface FinishedRun {
  readonly folder: string;
  readonly config: Config;
  readonly summary: Summary;
  readonly vocabularyHash: string;
}

/** The runs whose networks are worth a look, the oldest first: finished, and neither smoke runs nor trials. */
export function finishedRuns(outFolder: string): FinishedRun[] {
  return listRuns(outFolder, PROJECT).flatMap((name) => {
    const folder = join(outFolder, PROJECT, name);
    if (!existsSync(join(folder, "summary.json"))) return []; // stopped in its first moment
    const summary = readSummary(folder);
    if (summary.status !== "finished" || summary.preset === "smoke" || summary.trial) return [];
    const { hash } = readJson(join(folder, "vocabulary.json")) as SavedVocabulary;
    return [{ folder, config: readRunSettings(folder, settings).config, summary, vocabularyHash: hash }];
  });
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

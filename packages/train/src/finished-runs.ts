import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import type { z } from "zod";
import { listRuns, projectRunsFolder } from "./run-folder.ts";
import { readRunSettings } from "./saved-run.ts";
import { readSummary, type Summary } from "./summary.ts";

export interface FinishedRun<Config> {
  readonly folder: string;
  readonly config: Config;
  readonly summary: Summary;
}

/**
 * A project's runs that count as results, the oldest first: finished, and neither smoke runs nor trials. One with settings
 * of another version, or a damaged file, is passed over with a warning.
 */
export function finishedRuns<Schema extends z.ZodType>(
  outFolder: string,
  project: string,
  schema: Schema,
): FinishedRun<z.output<Schema>>[] {
  return listRuns(outFolder, project).flatMap((name) => {
    const folder = join(projectRunsFolder(outFolder, project), name);
    if (!existsSync(join(folder, "summary.json"))) return []; // stopped in its first moment
    return orPassOver(() => readSummary(folder))
      .filter(({ status, preset, trial }) => status === "finished" && preset !== "smoke" && !trial)
      .flatMap((summary) => orPassOver(() => ({ folder, config: readRunSettings(folder, schema).config, summary })));
  });
}

/** What is read of a run; nothing, and a warning, where it is damaged or of another version: it does not hide the others. */
export function orPassOver<T>(read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`warning: passed over: ${error.message}\n`);
    return [];
  }
}

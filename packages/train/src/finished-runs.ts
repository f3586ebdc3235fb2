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
 * of another version is passed over with a warning: others can still be compared.
 */
export function finishedRuns<Schema extends z.ZodType>(
  outFolder: string,
  project: string,
  schema: Schema,
): FinishedRun<z.output<Schema>>[] {
  return listRuns(outFolder, project).flatMap((name) => {
    const folder = join(projectRunsFolder(outFolder, project), name);
    if (!existsSync(join(folder, "summary.json"))) return []; // stopped in its first moment
    const summary = readSummary(folder);
    if (summary.status !== "finished" || summary.preset === "smoke" || summary.trial) return [];
    try {
      return [{ folder, config: readRunSettings(folder, schema).config, summary }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      process.stderr.write(`warning: passed over: ${error.message}\n`);
      return [];
    }
  });
}

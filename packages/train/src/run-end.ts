import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import type { RunOptions } from "./common-flags.ts";
import type { Display } from "./display.ts";
import type { Experiment } from "./experiment.ts";
import { writeJson } from "./files.ts";
import { Interrupted, TrainingError } from "./interrupt.ts";
import type { Run } from "./run.ts";
import { type PreparedRun, resumeFlags } from "./run-settings.ts";
import { type RunEnd, summarizeRun } from "./summarize-run.ts";
import type { Summary } from "./summary.ts";
import type { Trial } from "./trial/trial.ts";

/** What every end of a run needs. */
export interface RunCourse {
  readonly experiment: Experiment;
  readonly options: RunOptions;
  readonly prepared: PreparedRun;
  readonly display: Display;
  readonly trial: Trial | undefined;
  readonly run: Run;
}

type End = Omit<RunEnd, "experiment" | "settings">;

export function summarize({ experiment, prepared, run }: RunCourse, end: End): Summary {
  return summarizeRun(run, { experiment, settings: prepared.settings, ...end });
}

export function writeSummary(folder: string, summary: Summary): void {
  writeJson(join(folder, "summary.json"), summary);
}

/**
 * Records that the run ended before its end, and says it in one line where that is the user's affair.
 *
 * @throws whatever is not, and UserErrors.
 */
export function endEarly(error: unknown, course: RunCourse): void {
  const { prepared, display, experiment, options, trial } = course;
  const { folder } = prepared;
  if (!existsSync(folder)) throw new UserError(`${folder}: the run's folder was removed while it was training`);
  const message = error instanceof Error ? error.message : String(error);
  const command = `pnpm --filter ${experiment.name} run train ${resumeFlags(folder, options)}`;
  const checkpoints = join(folder, "checkpoints");
  if (error instanceof Interrupted) {
    writeSummary(folder, summarize(course, { status: "interrupted", outcome: { metrics: {} } }));
    display.close();
    const canGoOn = !trial && existsSync(checkpoints);
    display.note(canGoOn ? `${message}; saved. Go on with: ${command}` : message);
    process.exitCode = 130;
    return;
  }
  if (isFullDisk(error)) {
    const next = existsSync(checkpoints)
      ? `the last good checkpoint stays: free some space, then ${command}`
      : "free some";
    throw new UserError(`${error.path ?? folder}: the disk is full (${error.code}): ${next}`);
  }
  writeSummary(folder, summarize(course, { status: "failed", outcome: { metrics: {} }, error: message }));
  if (!(error instanceof TrainingError)) throw error;
  const kept = existsSync(checkpoints) ? `\nThe last good checkpoint is in ${checkpoints}` : "";
  process.stderr.write(`error: ${message}${kept}\n`);
  process.exitCode = 1;
}

function isFullDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

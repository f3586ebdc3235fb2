import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { exitOnUserError } from "@course/core";
import type { z } from "zod";
import { createDisplay } from "./display.ts";
import { endText } from "./end-text.ts";
import { readEnvironment } from "./environment.ts";
import type { Experiment } from "./experiment.ts";
import { writeJson } from "./files.ts";
import { helpText } from "./flag-help.ts";
import { type ParsedFlags, parseFlags } from "./flags.ts";
import { Interrupted, TrainingError, watchInterrupts } from "./interrupt.ts";
import { writeModelFile } from "./model-file.ts";
import { writeReport } from "./report.ts";
import { Run } from "./run.ts";
import { endEarly, type RunCourse, summarize, writeSummary } from "./run-end.ts";
import { prepareRun } from "./run-settings.ts";
import type { RunEnd } from "./summarize-run.ts";
import { TrialEnded } from "./trial/trial.ts";
import { createTrial } from "./trial/trials.ts";
import { resolveUserPath, workspaceRoot } from "./workspace.ts";

/**
 * Runs an experiment from the command line: reads the flags, makes the run folder, trains, and
 * writes summary and report. Exit code 0 if the run finished, 2 for a user's mistake, 130 if it was
 * interrupted, 1 if the training failed or a trial such as `--overfit` was not passed.
 */
export async function runExperiment<Schema extends z.ZodObject>(
  definition: Experiment<Schema>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const experiment = definition as unknown as Experiment;
  await exitOnUserError(async () => {
    const parsed = parseFlags(experiment, args);
    if (parsed === "help") process.stdout.write(helpText(experiment));
    else await train(experiment, parsed);
  });
}

async function train(experiment: Experiment, flags: ParsedFlags): Promise<void> {
  const { options } = flags;
  const outFolder =
    options.outFolder === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(options.outFolder);
  const prepared = prepareRun(experiment, flags, outFolder);
  const display = createDisplay(options.display);
  const interrupts = watchInterrupts(() => endEarly(new Interrupted("interrupted"), course));
  const trial = options.trial && createTrial(options.trial);
  const { folder, settings } = prepared;
  const run = new Run({
    folder,
    seed: settings.seed,
    dataFolder: options.dataFolder === undefined ? undefined : resolveUserPath(options.dataFolder),
    backend: settings.backend,
    monitor: { ...experiment.monitor, patience: settings.patience },
    resume: options.resume !== undefined,
    force: options.force,
    trial,
    display,
    interrupts,
  });
  const course: RunCourse = { experiment, options, prepared, display, trial, run };
  try {
    introduce(course);
    await trainToItsEnd(course);
  } catch (error) {
    display.close();
    endEarly(error, course);
  } finally {
    display.close();
    interrupts.stop();
    prepared.unlock();
  }
}

function introduce(course: RunCourse): void {
  const { experiment, prepared, display } = course;
  const { folder, settings, notes, warnings } = prepared;
  writeJson(join(folder, "environment.json"), readEnvironment());
  display.header({
    project: `${experiment.name}: ${experiment.task}`,
    run: `${basename(folder)} (preset ${settings.preset}, seed ${settings.seed})`,
  });
  notes.forEach(display.note);
  warnings.forEach(display.warn);
  writeSummary(folder, summarize(course, { status: "running", outcome: { metrics: {} } }));
}

/** The summary comes last: a run that is called finished has all its files. */
async function trainToItsEnd(course: RunCourse): Promise<void> {
  const { experiment, prepared, display, trial, run } = course;
  const { folder, settings } = prepared;
  const summary = summarize(course, { status: "finished", ...(await outcomeOf(course)) });
  if (summary.trial?.passed === false) process.exitCode = 1;
  if (trial?.leavesNothing) {
    display.end(summary, summary.trial!.verdict);
    rmSync(folder, { recursive: true });
    return;
  }
  if (!trial && run.state.parts.model) writeModelFile(folder, run.state.parts.model);
  await writeReport(folder, { experiment, summary, config: settings.config });
  writeSummary(folder, summary);
  display.end(summary, endText(experiment, summary, folder));
}

/** What the experiment returns, or the trial that took its place. */
async function outcomeOf({ experiment, prepared, trial, run }: RunCourse): Promise<Pick<RunEnd, "outcome" | "trial">> {
  try {
    const outcome = await experiment.run(prepared.settings.config, run);
    if (trial) throw new TrainingError(`--${trial.name}: expected ${experiment.name} to train on run.batches(…)`);
    return { outcome };
  } catch (error) {
    if (!trial || !(error instanceof TrialEnded)) throw error;
    const { metrics, figures, passed, verdict } = await trial.result({ task: run.task, layers: run.layers });
    for (const [name, svg] of Object.entries(figures)) run.figure(name, svg);
    return { outcome: { metrics }, trial: { name: trial.name, passed, verdict } };
  }
}

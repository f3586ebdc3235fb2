import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import type { z } from "zod";
import { createDisplay, type Display, formatNumber } from "./display.ts";
import { readEnvironment } from "./environment.ts";
import type { Experiment, Outcome } from "./experiment.ts";
import { readJson, writeJson } from "./files.ts";
import { checkConfig, helpText, type ParsedFlags, parseFlags, type RunOptions } from "./flags.ts";
import { Interrupted, TrainingError, watchInterrupts } from "./interrupt.ts";
import { writeReport } from "./report.ts";
import { Run } from "./run.ts";
import { createRunFolder, findRunFolder } from "./run-folder.ts";
import type { Summary } from "./summary.ts";
import { resolveUserPath, userFolder, workspaceRoot } from "./workspace.ts";

interface RunSettings {
  readonly project: string;
  readonly preset: string;
  readonly seed: number;
  readonly config: Record<string, unknown>;
}

/**
 * Runs an experiment from the command line: reads the flags, makes the run folder, trains, and
 * writes summary and report. Exit code 0 if the run finished, 2 for a user's mistake, 130 if it was
 * interrupted, 1 if the training failed.
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
  const { folder, settings } = prepareRun(experiment, flags, outFolder);
  const display = createDisplay(options.display);
  const interrupts = watchInterrupts();
  const started = performance.now();
  writeJson(join(folder, "environment.json"), readEnvironment());
  display.header({
    project: `${experiment.name}: ${experiment.task}`,
    run: `${basename(folder)} (preset ${settings.preset}, seed ${settings.seed})`,
  });
  const { seed } = settings;
  const { backend } = options;
  const dataFolder = options.dataFolder === undefined ? undefined : resolveUserPath(options.dataFolder);
  const resume = options.resume !== undefined;
  const run = new Run({ folder, seed, dataFolder, backend, resume, monitor: experiment.monitor, display, interrupts });
  const finish = (status: Summary["status"], outcome: Outcome, error?: string) => {
    const seconds = (performance.now() - started) / 1000;
    const summary = summarise(run, { experiment, settings, status, outcome, seconds, error });
    writeJson(join(folder, "summary.json"), summary);
    return summary;
  };
  try {
    finish("running", { metrics: {} });
    const outcome = await experiment.run(settings.config, run);
    const summary = finish("finished", outcome);
    await writeReport(folder, { experiment, summary, config: settings.config });
    display.end(summary, endText(experiment, summary, folder));
  } catch (error) {
    display.close();
    endEarly(error, { finish, display, folder, experiment, resumeFlags: resumeFlags(folder, options) });
  } finally {
    display.close();
    interrupts.stop();
  }
}

/** A new run's folder, or the one to resume with the settings it was started with. */
function prepareRun(
  experiment: Experiment,
  { config, options, given }: ParsedFlags,
  outFolder: string,
): { folder: string; settings: RunSettings } {
  const project = experiment.name;
  if (options.resume === undefined) {
    const settings: RunSettings = { project, preset: options.preset, seed: options.seed, config };
    const folder = createRunFolder(outFolder, project, options);
    writeJson(join(folder, "config.json"), settings);
    return { folder, settings };
  }
  const folder = findRunFolder(outFolder, project, options.resume);
  const settings = readJson(join(folder, "config.json")) as RunSettings;
  const summaryPath = join(folder, "summary.json");
  const summary = existsSync(summaryPath) ? (readJson(summaryPath) as Summary) : undefined;
  if (summary?.status === "finished")
    throw new UserError(`${folder}: this run is finished: nothing to resume (train without --resume for a new one)`);
  if (!existsSync(join(folder, "checkpoints")))
    throw new UserError(`${folder}: expected a checkpoint, found none (it ended before its first): train again`);
  assertSameSettings(settings, given);
  return { folder, settings: { ...settings, config: checkConfig(experiment, settings.config) } };
}

function assertSameSettings(settings: RunSettings, given: Readonly<Record<string, unknown>>): void {
  const saved: Record<string, unknown> = { ...settings.config, seed: settings.seed, preset: settings.preset };
  const changed = Object.keys(given).filter((key) => JSON.stringify(given[key]) !== JSON.stringify(saved[key]));
  if (changed.length === 0) return;
  const list = changed.map((key) => `${key} ${JSON.stringify(saved[key])} → ${JSON.stringify(given[key])}`);
  throw new UserError(`--resume: the run was started with other settings (${list.join(", ")}): leave those flags out`);
}

/** Names the folders again that this run was given. */
function resumeFlags(folder: string, { outFolder, dataFolder }: RunOptions): string {
  const out = outFolder === undefined ? "" : ` --out ${outFolder}`;
  const data = dataFolder === undefined ? "" : ` --data ${dataFolder}`;
  return `--resume ${basename(folder)}${out}${data}`;
}

interface EarlyEnd {
  readonly finish: (status: Summary["status"], outcome: Outcome, error?: string) => Summary;
  readonly display: Display;
  readonly folder: string;
  readonly experiment: Experiment;
  /** What to add to `train` to go on. */
  readonly resumeFlags: string;
}

function endEarly(error: unknown, { finish, display, folder, experiment, resumeFlags }: EarlyEnd): void {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Interrupted) {
    finish("interrupted", { metrics: {} });
    display.note(`${message}; saved. Go on with: pnpm --filter ${experiment.name} run train ${resumeFlags}`);
    process.exitCode = 130;
    return;
  }
  if (!existsSync(folder)) throw new UserError(`${folder}: the run's folder was removed while it was training`);
  finish("failed", { metrics: {} }, message);
  if (!(error instanceof TrainingError)) throw error;
  process.stderr.write(`error: ${message}\nThe last good checkpoint is in ${join(folder, "checkpoints")}\n`);
  process.exitCode = 1;
}

function summarise(
  run: Run,
  end: {
    experiment: Experiment;
    settings: RunSettings;
    status: Summary["status"];
    outcome: Outcome;
    seconds: number;
    error: string | undefined;
  },
): Summary {
  const { experiment, settings, status, outcome, seconds, error } = end;
  const baselineMetric = (experiment.reference ?? experiment.monitor).metric;
  const ended = { metrics: outcome.metrics, baselines: outcome.baselines ?? {}, baselineMetric };
  return {
    project: settings.project,
    run: basename(run.folder),
    status,
    preset: settings.preset,
    seed: settings.seed,
    backend: run.backendName,
    ...(run.dataset && { dataset: run.dataset }),
    parameters: run.parameters,
    epochs: run.epochsDone,
    steps: run.steps,
    seconds,
    examplesPerSecond: run.trainingSeconds > 0 ? run.examplesSeen / run.trainingSeconds : 0,
    metrics: { ...outcome.metrics },
    baselines: { ...outcome.baselines },
    diagnosis: run.diagnose(status === "finished" ? ended : undefined),
    ...(error !== undefined && { error }),
  };
}

function endText({ reference, name }: Experiment, summary: Summary, folder: string): string {
  const rows = Object.entries(summary.metrics).map(([key, value]) => [key, formatNumber(value)]);
  for (const [key, value] of Object.entries(summary.baselines)) rows.push([`baseline: ${key}`, formatNumber(value)]);
  if (reference && !summary.dataset?.isSubset)
    rows.push([`reference: ${reference.source}`, `${formatNumber(reference.value)} (preset full)`]);
  const width = Math.max(...rows.map(([key]) => key!.length)) + 2;
  const table = rows.map(([key, value]) => `  ${key!.padEnd(width)}${value}`).join("\n");
  const path = relative(userFolder(), join(folder, "report.html"));
  const shown = path.startsWith("..") ? join(folder, "report.html") : path;
  const next = `pnpm --filter ${name} run train --help`;
  return `\n${table}\n\nfinished in ${summary.seconds.toFixed(1)} s\nreport  ${shown}\nnext    ${next}`;
}

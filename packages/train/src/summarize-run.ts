import { basename } from "node:path";
import { type Experiment, type Outcome, referenceOf } from "./experiment.ts";
import type { Run } from "./run.ts";
import type { RunSettings } from "./run-settings.ts";
import type { Summary } from "./summary.ts";

export interface RunEnd {
  readonly experiment: Experiment;
  readonly settings: RunSettings;
  readonly status: Summary["status"];
  readonly outcome: Outcome;
  readonly trial?: Summary["trial"];
  readonly error?: string | undefined;
}

/** What `summary.json` says of a run as it stands. */
export function summarizeRun(run: Run, { experiment, settings, status, outcome, trial, error }: RunEnd): Summary {
  const { metric: baselineMetric } =
    referenceOf(experiment, settings.preset) ?? experiment.reference ?? experiment.monitor;
  const ended = { metrics: outcome.metrics, baselines: outcome.baselines ?? {}, baselineMetric };
  const forced = [...settings.forced, ...run.state.forced];
  return {
    project: settings.project,
    run: basename(run.folder),
    status,
    preset: settings.preset,
    seed: settings.seed,
    backend: run.backendName,
    ...(run.dataset && { dataset: run.dataset }),
    parameters: run.parameters,
    epochs: run.state.epochsDone,
    steps: run.state.position.step,
    ...(run.state.stoppedEarly !== null && { stoppedEarly: run.state.stoppedEarly }),
    ...(forced.length > 0 && { forced }),
    seconds: run.state.progress.elapsed,
    examplesPerSecond: run.state.progress.examplesPerSecond,
    metrics: { ...outcome.metrics },
    baselines: { ...outcome.baselines },
    diagnosis: trial ? [] : run.state.doctor.diagnose(status === "finished" ? ended : undefined),
    ...(trial && { trial }),
    ...(error !== undefined && { error }),
  };
}

import { UserError } from "@course/core";
import { meanAndSd } from "@course/metrics";
import type { MeasuredRun } from "./measured-runs.ts";
import type { PresetResult, Spread } from "./results-file.ts";

/**
 * One run of each seed → the mean and spread of what they measured.
 *
 * @throws UserError if a run cannot be quoted (uncommitted changes, resumed otherwise, a subset of the data) or the runs
 *   differ in settings or data
 */
export function summarisePreset(project: string, preset: string, runs: readonly MeasuredRun[]): PresetResult {
  const where = `${project}, preset ${preset}`;
  for (const { summary, environment } of runs) {
    if (environment.dirty !== false)
      throw new UserError(`${where}: run ${summary.run} was made with uncommitted changes: commit, then train again`);
    if (summary.forced?.length)
      throw new UserError(
        `${where}: run ${summary.run} was resumed with other settings (${summary.forced.join(", ")}): train it in one piece`,
      );
    if (summary.dataset?.isSubset !== false)
      throw new UserError(
        `${where}: run ${summary.run} was trained on a subset of the data: prepare the full data first`,
      );
  }
  const first = runs[0]!;
  const variants = new Set(runs.map(({ config, summary }) => JSON.stringify([config, summary.dataset?.sha256])));
  if (variants.size > 1)
    throw new UserError(`${where}: the seeds were run with different settings or data: train them alike`);
  const spreadOf = (values: number[]): Spread => ({
    count: values.length,
    mean: meanAndSd(values).mean,
    sd: meanAndSd(values).sd ?? 0, // of one run none is known; the table tells the number of seeds
    values,
  });
  const spreads = (key: "metrics" | "baselines") =>
    Object.fromEntries(
      Object.keys(first.summary[key]).map((name) => [name, spreadOf(runs.map(({ summary }) => summary[key][name]!))]),
    );
  const { dataset, parameters, epochs } = first.summary;
  const { node, processor, cores, platform } = first.environment;
  const commit = [...new Set(runs.map(({ environment }) => environment.commit!))].join(", ");
  return {
    seeds: runs.map(({ summary }) => summary.seed),
    config: first.config,
    dataset: dataset!,
    parameters,
    epochs,
    backend: [...new Set(runs.map(({ summary }) => summary.backend))].join(" and "), // in the order of the seeds
    metrics: spreads("metrics"),
    baselines: spreads("baselines"),
    seconds: spreadOf(runs.map(({ summary }) => summary.seconds)),
    examplesPerSecond: spreadOf(runs.map(({ summary }) => summary.examplesPerSecond)),
    environment: { commit, node, processor, cores, platform },
    measuredOn: dateOf(runs),
  };
}

/** Of the latest run, whose name begins with it: "20261122-…" → "2026-11-22". */
function dateOf(runs: readonly MeasuredRun[]): string {
  const latest = runs
    .map(({ summary }) => summary.run)
    .sort()
    .at(-1)!;
  return latest.replace(/^(\d{4})(\d\d)(\d\d).*$/, "$1-$2-$3");
}

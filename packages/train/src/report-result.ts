import { barChart } from "@course/plots";
import { formatNumber } from "./display.ts";
import { type Experiment, referenceOf } from "./experiment.ts";
import { escapeHtml, figure, table } from "./report-html.ts";
import type { Summary } from "./summary.ts";

/** The result beside the trivial rules and the reference, in figures and as bars. */
export async function resultHtml(experiment: Experiment, summary: Summary): Promise<string> {
  const reference = referenceOf(experiment, summary.preset);
  const { metrics, baselines, dataset, error, trial, forced = [] } = summary;
  const rows = Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, formatNumber(value)]));
  const { metric } = reference ?? experiment.reference ?? experiment.monitor;
  for (const [name, value] of Object.entries(baselines)) rows[`baseline: ${name}`] = formatNumber(value);
  if (reference && !trial)
    rows[`reference: ${reference.metric}, preset ${reference.preset}`] =
      `${formatNumber(reference.value)} (${reference.source})`;
  const notes = [
    ...(trial ? [`--${trial.name}: ${trial.verdict}`] : []),
    ...(forced.length > 0 ? [`Changed on the way with --resume --force: ${forced.join("; ")}.`] : []),
    ...(error === undefined ? [] : [`The run failed: ${error}`]),
    ...(dataset?.isSubset ? ["Trained on the subset in the repository: not comparable with the reference."] : []),
  ];
  const shown = notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join("");
  return shown + table(rows) + (await drawComparison(metric, experiment, summary));
}

/** Nothing if there is nothing to compare with. */
async function drawComparison(metric: string, experiment: Experiment, summary: Summary) {
  const reference = referenceOf(experiment, summary.preset);
  const value = summary.metrics[metric];
  const others = Object.entries(summary.baselines).map(([name, baseline]) => ({ name, value: baseline }));
  if (reference) others.push({ name: "reference", value: reference.value });
  if (value === undefined || others.length === 0) return "";
  const bars = [{ name: "this run", value }, ...others];
  return figure(
    await barChart({ title: `${metric}: this run and what it is measured against`, yLabel: metric, bars, width: 300 }),
  );
}

import { join, relative } from "node:path";
import { formatNumber } from "./display.ts";
import { type Experiment, referenceOf } from "./experiment.ts";
import type { Summary } from "./summary.ts";
import { userFolder } from "./workspace.ts";

/** What stands in the console when a run has finished. */
export function endText(experiment: Experiment, summary: Summary, folder: string): string {
  const reference = referenceOf(experiment, summary.preset);
  const rows = Object.entries(summary.metrics).map(([key, value]) => [key, formatNumber(value)]);
  for (const [key, value] of Object.entries(summary.baselines)) rows.push([`baseline: ${key}`, formatNumber(value)]);
  if (reference && !summary.dataset?.isSubset && !summary.trial)
    rows.push([`reference: ${reference.source}`, `${formatNumber(reference.value)} (preset ${reference.preset})`]);
  const width = Math.max(...rows.map(([key]) => key!.length)) + 2;
  const table = rows.map(([key, value]) => `  ${key!.padEnd(width)}${value}`).join("\n");
  const path = relative(userFolder(), join(folder, "report.html"));
  const shown = path.startsWith("..") ? join(folder, "report.html") : path;
  const next = `pnpm --filter ${experiment.name} run train --help`;
  const verdict = summary.trial ? `${summary.trial.verdict}\n\n` : "";
  return `\n${verdict}${table}\n\nfinished in ${summary.seconds.toFixed(1)} s\nreport  ${shown}\nnext    ${next}`;
}

import { describePlace } from "./doctor/finding.ts";
import { columns, escapeHtml, table } from "./report-html.ts";
import type { Summary } from "./summary.ts";
import { type ModelSummary, summaryCells } from "./tools/model-summary/model-summary.ts";

export function diagnosisHtml({ diagnosis, trial }: Summary): string {
  if (trial) return "";
  if (diagnosis.length === 0) return "<p>The training doctor found nothing.</p>";
  const rows = diagnosis.map(
    (finding) =>
      `<h3>${escapeHtml(finding.sign + describePlace(finding))}</h3><p>${escapeHtml(finding.evidence)}.</p><p>${escapeHtml(finding.cause)}.</p>`,
  );
  return rows.join("\n");
}

/** The layers with shapes, parameters and multiply-adds, where the project gives them. */
export function modelHtml(model: ModelSummary | undefined): string {
  if (!model) return "";
  const { trainable, parameters } = model;
  const note = trainable === parameters ? "" : ` ${trainable.toLocaleString("en")} of the parameters are trained.`;
  return `${columns(summaryCells(model), { texts: 2, hasTotal: true })}<p class="quiet">Multiply-adds: for one example, forward.${note}</p>`;
}

export function dataTable({ dataset }: Summary): string {
  if (!dataset) return "<p>The run recorded no data set.</p>";
  const { isSubset, ...rest } = dataset;
  return table({ ...rest, ...(isSubset && { note: "the subset in the repository" }) });
}

export function costTable(summary: Summary): string {
  const { parameters, epochs, stoppedEarly, steps, seconds, examplesPerSecond, backend } = summary;
  const speed = Math.round(examplesPerSecond);
  const end = stoppedEarly === undefined ? {} : { "stopped early (--patience)": `after epoch ${stoppedEarly}` };
  return table({
    parameters,
    epochs,
    ...end,
    steps,
    seconds: seconds.toFixed(1),
    "examples per second": speed,
    backend,
  });
}

/** As a user types them, not rounded. */
export function settingsTable({ preset, seed }: Summary, config: Readonly<Record<string, unknown>>): string {
  const typed = Object.entries(config).map(([key, value]) => [key, String(value)]);
  return table({ preset, seed: String(seed), ...Object.fromEntries(typed) });
}

export function environmentTable({ memoryBytes, dirty, ...rest }: Readonly<Record<string, unknown>>): string {
  const memory = typeof memoryBytes === "number" ? { memory: `${(memoryBytes / 2 ** 30).toFixed(1)} GiB` } : {};
  const changes = { "uncommitted changes": dirty === null ? "unknown" : dirty ? "yes" : "no" };
  return table({ ...rest, ...changes, ...memory });
}

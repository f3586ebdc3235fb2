import { existsSync } from "node:fs";
import { join } from "node:path";
import { lineChart } from "@course/plots";
import { formatNumber } from "./display.ts";
import { readJson, replaceFile } from "./files.ts";
import { type LogLine, readMetrics } from "./metrics-log.ts";
import { pointsOf, SIZE, summarizeStretches } from "./report-curves.ts";
import { columns, escapeHtml, gallery, PAGE_HEAD, section } from "./report-html.ts";
import { readSummary, type Summary } from "./summary.ts";

/** Some runs side by side. */
export interface Comparison {
  /** A header with the runs' names, then a row for each setting that differs; `–` where a run has none. */
  readonly settings: readonly (readonly string[])[];
  /** The same for every metric of a result. */
  readonly metrics: readonly (readonly string[])[];
}

interface ComparedRun {
  readonly summary: Summary;
  readonly settings: Readonly<Record<string, string>>;
  readonly lines: readonly LogLine[];
}

/** @throws UserError if a folder lacks its summary or settings. */
export function compareRuns(folders: readonly string[]): Comparison {
  return compare(folders.map(readRun));
}

/** Writes the comparison with the runs' curves, a colour each, as one HTML file that opens offline. */
export async function writeComparison(path: string, folders: readonly string[]): Promise<void> {
  const runs = folders.map(readRun);
  const { settings, metrics } = compare(runs);
  const charts = await Promise.all([...drawShared(runs, "epoch"), ...drawShared(runs, "step")]);
  const title = escapeHtml(`${runs[0]!.summary.project}: ${runs.length} runs compared`);
  const same =
    settings.length === 1 ? "<p>All settings are the same.</p>" : columns(settings, { texts: settings[0]!.length });
  replaceFile(
    path,
    `${PAGE_HEAD}<title>${title}</title></head><body><main><h1>${title}</h1>
${section("Settings that differ", same)}
${section("Results", columns(metrics, { texts: metrics[0]!.length }))}
${section("Curves", gallery(charts))}
</main></body></html>
`,
  );
}

function readRun(folder: string): ComparedRun {
  const summary = readSummary(folder);
  const { config, backend, patience } = readJson(join(folder, "config.json")) as Record<string, unknown>;
  const { preset, seed, dataset } = summary;
  const environment = existsSync(join(folder, "environment.json")) ? readJson(join(folder, "environment.json")) : {};
  const { commit, dirty } = environment as Record<string, unknown>;
  const typed = Object.entries({ backend, patience, ...(config as object) }).filter(([, value]) => value !== undefined);
  const settings = {
    ...{ preset, seed: String(seed), data: dataset ? `${dataset.name} ${dataset.sha256.slice(0, 12)}` : "–" },
    ...Object.fromEntries(typed.map(([key, value]) => [key, Array.isArray(value) ? value.join(",") : String(value)])),
    ...(typeof commit === "string" && { commit: commit.slice(0, 7) + (dirty ? " with changes" : "") }),
  };
  return { summary, settings, lines: readMetrics(join(folder, "metrics.jsonl")) };
}

function compare(runs: readonly ComparedRun[]): Comparison {
  const names = runs.map(({ summary }) => summary.run);
  const keysOf = (records: readonly object[]) => [...new Set(records.flatMap((record) => Object.keys(record)))];
  const settings = keysOf(runs.map((run) => run.settings))
    .map((key) => [key, ...runs.map((run) => run.settings[key] ?? "–")])
    .filter(([, ...values]) => new Set(values).size > 1);
  const row = (key: string, cell: (summary: Summary) => string) => [key, ...runs.map(({ summary }) => cell(summary))];
  const metrics = keysOf(runs.map(({ summary }) => summary.metrics)).map((key) =>
    row(key, ({ metrics }) => (key in metrics ? formatNumber(metrics[key]!) : "–")),
  );
  const rest = [
    row("status", ({ status }) => status),
    row("epochs", ({ epochs }) => String(epochs)),
    row("seconds", ({ seconds }) => seconds.toFixed(1)),
  ];
  return { settings: [["setting", ...names], ...settings], metrics: [["metric", ...names], ...metrics, ...rest] };
}

/** A chart for each metric that two runs or more have logged at two epochs or steps. */
function drawShared(runs: readonly ComparedRun[], axis: "epoch" | "step"): Promise<string>[] {
  const logged = runs.map(({ summary, lines }) => ({
    name: summary.run,
    lines: lines.filter((line) => "train/epochLoss" in line === (axis === "epoch")),
  }));
  const keys = new Set(logged.flatMap(({ lines }) => lines.flatMap(Object.keys)).filter((key) => key.includes("/")));
  return [...keys].flatMap((key) => {
    const series = logged.map(({ name, lines }) => ({ name, ...pointsOf(lines, key, axis) }));
    const drawn = series.filter(({ x }) => x.length > 1);
    if (drawn.length < 2) return [];
    const lines = drawn.map((one) => {
      const { x, y } = summarizeStretches(one); // without its band, which would hide the other runs
      return { name: one.name, x, y };
    });
    return [lineChart({ title: `${key} by ${axis}`, xLabel: axis, yLabel: key, series: lines, ...SIZE })];
  });
}

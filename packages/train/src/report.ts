import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lineChart } from "@course/plots";
import { formatNumber } from "./display.ts";
import { describePlace, type Finding } from "./doctor/finding.ts";
import type { Experiment } from "./experiment.ts";
import { readJson, replaceFile } from "./files.ts";
import { type LogLine, readMetrics } from "./metrics-log.ts";
import { REPORT_STYLE } from "./report-style.ts";
import type { Summary } from "./summary.ts";

export interface ReportContent {
  readonly experiment: Experiment;
  readonly summary: Summary;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Writes `report.html`: one file, no script, no request; the figures are inlined SVG. */
export async function writeReport(runFolder: string, content: ReportContent): Promise<void> {
  const curves = await drawCurves(readMetrics(join(runFolder, "metrics.jsonl")));
  const figures = [...curves, ...readFigures(join(runFolder, "figures"))];
  const environment = readJson(join(runFolder, "environment.json")) as Record<string, unknown>;
  replaceFile(join(runFolder, "report.html"), reportHtml(content, figures, environment));
}

function reportHtml(
  { experiment, summary, config }: ReportContent,
  figures: readonly string[],
  environment: Readonly<Record<string, unknown>>,
): string {
  const title = escapeHtml(`${experiment.name} · ${summary.run}`);
  const flags = Object.entries(config).map(([key, value]) => flagOf(key, value));
  const command = `pnpm --filter ${experiment.name} run train --preset ${summary.preset} --seed ${summary.seed} ${flags.join(" ")}`;
  const { dataset } = summary;
  const data: Record<string, unknown> = dataset ? { ...dataset } : { name: "none recorded" };
  const cost = {
    parameters: summary.parameters,
    epochs: summary.epochs,
    steps: summary.steps,
    seconds: summary.seconds.toFixed(1),
    "examples per second": Math.round(summary.examplesPerSecond),
    backend: summary.backend,
  };
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${REPORT_STYLE}</style></head><body><main>
<h1>${escapeHtml(experiment.name)}</h1>
<p>${escapeHtml(experiment.task)}</p>
<section><h2>Result</h2>${resultTable(experiment, summary)}</section>
<section><h2>Diagnosis</h2>${diagnosisHtml(summary.diagnosis)}</section>
<section><h2>Figures</h2>${figures.map((svg) => `<figure>${svg}</figure>`).join("\n")}</section>
<section><h2>Data</h2>${table(data)}</section>
<section><h2>Cost</h2>${table(cost)}</section>
<section><h2>Settings</h2>${table({ preset: summary.preset, seed: summary.seed, ...asTyped(config) })}</section>
<section><h2>Environment</h2>${table(environment)}</section>
<section><h2>Reproduce</h2><pre>${escapeHtml(command)}</pre></section>
</main></body></html>
`;
}

/** Settings as a user types them, not rounded. */
function asTyped(config: ReportContent["config"]): Record<string, string> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
}

function flagOf(key: string, value: unknown): string {
  if (typeof value === "boolean") return value ? `--${key}` : `--no-${key}`;
  return `--${key} ${String(value)}`; // a list becomes a,b
}

function resultTable({ reference }: Experiment, summary: Summary): string {
  const rows: Record<string, string> = {};
  for (const [key, value] of Object.entries(summary.metrics)) rows[key] = formatNumber(value);
  for (const [key, value] of Object.entries(summary.baselines)) rows[`baseline: ${key}`] = formatNumber(value);
  if (reference) rows[`reference, ${reference.metric}: ${reference.source}`] = formatNumber(reference.value);
  const subset = summary.dataset?.isSubset
    ? "<p><strong>Trained on the subset in the repository: not comparable with the reference.</strong></p>"
    : "";
  return table(rows) + subset;
}

function diagnosisHtml(findings: readonly Finding[]): string {
  if (findings.length === 0) return "<p>The training doctor found nothing.</p>";
  const rows = findings.map(
    (finding) =>
      `<h3>${escapeHtml(finding.sign + describePlace(finding))}</h3><p>${escapeHtml(finding.evidence)}.</p><p>${escapeHtml(finding.cause)}.</p>`,
  );
  return rows.join("\n");
}

function table(rows: Readonly<Record<string, unknown>>): string {
  const cells = Object.entries(rows).map(([key, value]) => {
    const text =
      typeof value === "number" ? formatNumber(value) : Array.isArray(value) ? value.join(", ") : String(value);
    return `<tr><th scope="row">${escapeHtml(key)}</th><td>${escapeHtml(text)}</td></tr>`;
  });
  return `<table>${cells.join("")}</table>`;
}

/** One chart for each metric that was logged at the ends of epochs, its splits together. */
async function drawCurves(lines: readonly LogLine[]): Promise<string[]> {
  const epochs = lines.filter((line) => "train/epochLoss" in line);
  if (epochs.length < 2) return [];
  const charts = new Map<string, { name: string; x: number[]; y: number[] }[]>();
  for (const key of Object.keys(epochs[0]!).filter((name) => name.includes("/"))) {
    const [split = "", metric = ""] = key.split("/");
    const series = { name: split, x: epochs.map((line) => line.epoch!), y: epochs.map((line) => line[key]!) };
    const chart = metric === "epochLoss" ? "loss" : metric;
    charts.set(chart, [...(charts.get(chart) ?? []), series]);
  }
  const drawn = [...charts].map(([metric, series]) => {
    const title = series.length === 1 ? `${series[0]!.name} ${metric}` : metric; // one series has no legend
    return lineChart({ title: `${title} by epoch`, xLabel: "epoch", yLabel: metric, series });
  });
  return Promise.all(drawn);
}

function readFigures(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".svg"));
  return names.sort().map((name) => readFileSync(join(folder, name), "utf8"));
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

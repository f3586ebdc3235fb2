import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Experiment } from "./experiment.ts";
import { readJson, replaceFile } from "./files.ts";
import { readMetrics } from "./metrics-log.ts";
import { drawCurves } from "./report-curves.ts";
import { escapeHtml, gallery, PAGE_HEAD, section } from "./report-html.ts";
import { reproduceCommands } from "./report-reproduce.ts";
import { resultHtml } from "./report-result.ts";
import { costTable, dataTable, diagnosisHtml, environmentTable, modelHtml, settingsTable } from "./report-tables.ts";
import type { Summary } from "./summary.ts";
import type { ModelSummary } from "./tools/model-summary/model-summary.ts";

export interface ReportContent {
  readonly experiment: Experiment;
  readonly summary: Summary;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What stands in the run folder besides. */
interface RunFiles {
  readonly curves: readonly string[];
  readonly samples: readonly string[];
  readonly figures: readonly string[];
  readonly model: ModelSummary | undefined;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Writes `report.html`: one file, no script, no request; the figures are inlined SVG. */
export async function writeReport(runFolder: string, content: ReportContent): Promise<void> {
  const read = (name: string) => readJson(join(runFolder, name)) as Record<string, unknown>;
  const files: RunFiles = {
    curves: await drawCurves(readMetrics(join(runFolder, "metrics.jsonl"))),
    samples: readFigures(join(runFolder, "samples")),
    figures: readFigures(join(runFolder, "figures")),
    model: existsSync(join(runFolder, "layers.json")) ? (read("layers.json") as unknown as ModelSummary) : undefined,
    environment: read("environment.json"),
    settings: read("config.json"),
  };
  const result = await resultHtml(content.experiment, content.summary);
  replaceFile(join(runFolder, "report.html"), reportHtml(content, files, result));
}

function reportHtml({ experiment, summary, config }: ReportContent, files: RunFiles, result: string): string {
  const { curves, samples, figures, model, environment, settings } = files;
  const commands = reproduceCommands(experiment, { summary, config, environment, settings });
  return `${PAGE_HEAD}<title>${escapeHtml(`${experiment.name} · ${summary.run}`)}</title></head><body><main>
<header><h1>${escapeHtml(experiment.name)}</h1>
<p>${escapeHtml(experiment.task)}</p>
<p class="quiet">${escapeHtml(`${summary.run} · preset ${summary.preset} · seed ${summary.seed} · ${summary.status}`)}</p></header>
${section("Result", result)}
${section("Diagnosis", diagnosisHtml(summary))}
${section("Curves", gallery(curves))}
${section("Last samples", gallery(samples))}
${section("Figures", gallery(figures))}
${section("Model", modelHtml(model))}
${section("Data", dataTable(summary))}
${section("Cost", costTable(summary))}
${section("Settings", settingsTable(summary, config))}
${section("Environment", environmentTable(environment))}
${section("Reproduce", commands)}
</main></body></html>
`;
}

function readFigures(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".svg"));
  return names.sort().map((name) => readFileSync(join(folder, name), "utf8"));
}

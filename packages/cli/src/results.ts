import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { UserError } from "@course/core";
import { meanAndSd } from "@course/metrics";
import { writeJson } from "@course/train";
import type { Command } from "commander";
import { type MeasuredRun, newestBySeed, readFinishedRuns } from "./measured-runs.ts";
import { findProject } from "./projects.ts";
import { type PresetResult, type Results, readResults, type Spread } from "./results-file.ts";
import { writeOverview } from "./results-overview.ts";
import { writeResultsTable } from "./results-table.ts";

const SEEDS = 3; // fewer hide how much a result owes to luck

export function addResultsCommand(program: Command): void {
  const results = program.command("results").description("the measured results that a project's README quotes");
  results
    .command("update <project>")
    .description("turn the newest run of each seed into results/summary.json, figures and the README's table")
    .option("--seeds <count>", "how many default and full need; the table tells how many there were", String(SEEDS))
    .action((name: string, { seeds }: { seeds: string }) => updateResults(name, wholeNumber(seeds)));
  results
    .command("table <project>")
    .description("write the README tables again from results/summary.json")
    .action((name: string) => {
      const { folder } = findProject(name);
      writeResultsTable(folder, readResults(folder));
      writeOverview();
    });
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UserError(`--seeds: expected a number from 1 to 99, received "${text}"`);
}

function updateResults(name: string, seedsNeeded: number): void {
  const project = findProject(name);
  const runs = readFinishedRuns(name);
  const presets: Record<string, PresetResult> = {};
  const own = runs.map(({ summary }) => summary.preset).filter((preset) => preset !== "smoke");
  for (const preset of new Set(["default", "full", ...own.sort()])) {
    const newest = newestBySeed(runs.filter(({ summary }) => summary.preset === preset));
    if (newest.length === 0) continue;
    if (newest.length < seedsNeeded && ["default", "full"].includes(preset))
      throw new UserError(`${name}, preset ${preset}: expected runs of ${seedsNeeded} seeds, found ${newest.length}`);
    presets[preset] = summarisePreset(name, preset, newest);
  }
  const headline = presets.full ? "full" : "default";
  if (!presets[headline])
    throw new UserError(
      `${name}: no finished run of the default or full preset: train with ${seedsNeeded} seeds first`,
    );
  copyFigures(project.folder, headline, presets, runs);
  const results: Results = { project: name, metrics: meansOf(presets[headline]), presets };
  mkdirSync(join(project.folder, "results"), { recursive: true });
  writeJson(join(project.folder, "results", "summary.json"), results);
  writeResultsTable(project.folder, results);
  writeOverview();
  process.stdout.write(`${relative(process.cwd(), join(project.folder, "results", "summary.json"))} written\n`);
}

function meansOf({ metrics }: PresetResult): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([key, { mean }]) => [key, mean]));
}

function summarisePreset(project: string, preset: string, runs: readonly MeasuredRun[]): PresetResult {
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

/** The headline's figures, and those of the project's own presets in folders of their names; of the first seed. */
function copyFigures(
  projectFolder: string,
  headline: string,
  presets: Readonly<Record<string, PresetResult>>,
  runs: readonly MeasuredRun[],
): void {
  const target = join(projectFolder, "results", "figures");
  rmSync(target, { recursive: true, force: true });
  for (const preset of Object.keys(presets)) {
    if (preset !== headline && ["default", "full"].includes(preset)) continue;
    const [first] = newestBySeed(runs.filter(({ summary }) => summary.preset === preset));
    const from = join(first!.folder, "figures");
    if (existsSync(from)) cpSync(from, preset === headline ? target : join(target, preset), { recursive: true });
  }
}

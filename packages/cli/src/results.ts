import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { UserError } from "@course/core";
import { writeJson } from "@course/train";
import type { Command } from "commander";
import { type MeasuredRun, newestBySeed, readFinishedRuns } from "./measured-runs.ts";
import { findProject } from "./projects.ts";
import { type PresetResult, type Results, readResults, resultsPath } from "./results-file.ts";
import { writeOverview } from "./results-overview.ts";
import { writeResultsTable } from "./results-table.ts";
import { summarisePreset } from "./summarise-preset.ts";

const SEEDS = 3; // fewer hide how much a result owes to luck

export function addResultsCommand(program: Command): void {
  const results = program.command("results").description("the measured results that a project's README quotes");
  results
    .command("update <project>")
    .description(
      "turn the newest run of each seed into results/summary.json, figures and the README's table; presets without runs stay",
    )
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
  const { folder } = findProject(name);
  const runs = newestRuns(name, seedsNeeded);
  const committed = existsSync(resultsPath(folder)) ? readResults(folder).presets : {};
  const kept = Object.keys(committed).filter((preset) => !runs.has(preset));
  const presets: Record<string, PresetResult> = {};
  for (const preset of inOrder([...runs.keys(), ...kept])) {
    const own = runs.get(preset);
    presets[preset] = own ? summarisePreset(name, preset, own) : committed[preset]!;
  }
  const headline = presets.full ? "full" : "default";
  if (runs.size === 0 || !presets[headline])
    throw new UserError(
      `${name}: no finished run of the default or full preset: train with ${seedsNeeded} seeds first`,
    );
  mkdirSync(join(folder, "results"), { recursive: true });
  copyFigures(join(folder, "results", "figures"), headline, runs);
  const results: Results = { project: name, metrics: meansOf(presets[headline]), presets };
  writeJson(resultsPath(folder), results);
  writeResultsTable(folder, results);
  writeOverview();
  if (kept.length > 0) process.stdout.write(`kept as committed, no runs here: ${kept.join(", ")}\n`);
  process.stdout.write(`${relative(process.cwd(), resultsPath(folder))} written\n`);
}

/** Of each preset that was run here, the newest run of each seed. @throws UserError if default or full has too few. */
function newestRuns(project: string, seedsNeeded: number): Map<string, MeasuredRun[]> {
  const runs = readFinishedRuns(project).filter(({ summary }) => summary.preset !== "smoke");
  const newest = new Map<string, MeasuredRun[]>();
  for (const [preset, own] of Map.groupBy(runs, ({ summary }) => summary.preset)) {
    const bySeed = newestBySeed(own);
    if (bySeed.length < seedsNeeded && ["default", "full"].includes(preset))
      throw new UserError(
        `${project}, preset ${preset}: expected runs of ${seedsNeeded} seeds, found ${bySeed.length}`,
      );
    newest.set(preset, bySeed);
  }
  return newest;
}

/** default and full come first. */
function inOrder(presets: readonly string[]): Set<string> {
  const first = ["default", "full"].filter((preset) => presets.includes(preset));
  return new Set([...first, ...[...presets].sort()]);
}

function meansOf({ metrics }: PresetResult): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([key, { mean }]) => [key, mean]));
}

/** The headline's figures, and those of the project's own presets in folders of their names; of the first seed. */
function copyFigures(target: string, headline: string, runs: ReadonlyMap<string, readonly MeasuredRun[]>): void {
  for (const [preset, [first]] of runs) {
    if (preset !== headline && ["default", "full"].includes(preset)) continue;
    const from = join(first!.folder, "figures");
    const to = preset === headline ? target : join(target, preset);
    removeFiles(to); // not its folders: in the headline's they are other presets'
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  }
}

function removeFiles(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile()) rmSync(join(folder, entry.name));
}

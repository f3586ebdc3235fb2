import { existsSync } from "node:fs";
import { join } from "node:path";
import { listRuns, readSummary, workspaceRoot } from "@course/train";
import type { Command } from "commander";
import { listProjects, type Project } from "./projects.ts";
import { type Results, readResults } from "./results-file.ts";
import { formatSeeds, formatSpread } from "./results-table.ts";
import { textTable } from "./table.ts";

export function addListCommand(program: Command): void {
  program
    .command("list")
    .description("the projects: their task, measured result and your latest run")
    .action(() => {
      const rows = listProjects().map((project) => [project.name, project.task, measured(project), latestRun(project)]);
      process.stdout.write(`${textTable(["project", "task", "measured", "your latest run"], rows)}\n`);
    });
}

function measured({ folder }: Project): string {
  if (!existsSync(join(folder, "results", "summary.json"))) return "not yet";
  const results: Results = readResults(folder);
  const [preset, result] =
    Object.entries(results.presets).find(([name]) => name === "full") ?? Object.entries(results.presets)[0]!;
  const [metric, spread] = Object.entries(result.metrics)[0]!;
  return `${metric} ${formatSpread(spread)} (${preset}, ${formatSeeds(spread.count)})`;
}

function latestRun({ name }: Project): string {
  const out = join(workspaceRoot(), "runs");
  const run = listRuns(out, name).at(-1);
  if (run === undefined || !existsSync(join(out, name, run, "summary.json"))) return "none";
  const { status, metrics } = readSummary(join(out, name, run));
  const [first] = Object.entries(metrics);
  return first ? `${first[0]} ${first[1].toFixed(4)} (${status})` : status;
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { findRunFolder, formatNumber, listRuns, readJson, readSummary, workspaceRoot } from "@course/train";
import type { Command } from "commander";
import { findProject, listProjects } from "./projects.ts";
import { textTable } from "./table.ts";

const outFolder = () => join(workspaceRoot(), "runs");

export function addRunsCommand(program: Command): void {
  const runs = program.command("runs").description("the runs that you have made");
  runs
    .command("list [project]", { isDefault: true })
    .description("a table of runs, of one project or of all")
    .action((project?: string) =>
      listAll(project === undefined ? listProjects().map(({ name }) => name) : [findProject(project).name]),
    );
  runs
    .command("compare <project> <run> <other>")
    .description("the settings and metrics in which two runs differ (`latest` names the newest)")
    .action((project: string, run: string, other: string) => compare(findProject(project).name, run, other));
}

function listAll(projects: readonly string[]): void {
  const rows = projects.flatMap((project) =>
    listRuns(outFolder(), project).map((run) => {
      const folder = join(outFolder(), project, run);
      if (!existsSync(join(folder, "summary.json"))) return [project, run, "no summary", "", ""];
      const { status, seconds, metrics } = readSummary(folder);
      const [first] = Object.entries(metrics);
      return [project, run, status, first ? `${first[0]} ${formatNumber(first[1])}` : "", `${seconds.toFixed(1)} s`];
    }),
  );
  const text =
    rows.length > 0
      ? textTable(["project", "run", "status", "result", "time"], rows)
      : "no runs yet: course train <project>";
  process.stdout.write(`${text}\n`);
}

function compare(project: string, ...names: [string, string]): void {
  const folders = names.map((name) => findRunFolder(outFolder(), project, name));
  const flat = folders.map((folder) => {
    const { config } = readJson(join(folder, "config.json")) as { config: Record<string, unknown> };
    const { status, preset, seed, seconds, metrics, dataset } = readSummary(folder);
    const settings = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)]));
    const results = Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, formatNumber(value)]));
    return {
      status,
      preset,
      seed: String(seed),
      data: dataset?.sha256.slice(0, 12) ?? "",
      ...settings,
      ...results,
      seconds: seconds.toFixed(1),
    };
  }) as Record<string, string>[];
  const keys = [...new Set(flat.flatMap((run) => Object.keys(run)))];
  const differing = keys.filter((key) => flat[0]![key] !== flat[1]![key]);
  const rows = differing.map((key) => [key, ...flat.map((run) => run[key] ?? "–")]);
  const header = ["", ...folders.map((folder) => readSummary(folder).run)];
  process.stdout.write(
    rows.length > 0 ? `${textTable(header, rows)}\n` : "the two runs have the same settings and metrics\n",
  );
}

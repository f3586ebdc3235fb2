import { join, relative } from "node:path";
import { UserError } from "@course/core";
import { compareRuns, findRunFolder, workspaceRoot, writeComparison } from "@course/train";
import type { Command } from "commander";
import { findProject, listProjects } from "./projects.ts";
import { listRunRows } from "./runs-list.ts";
import { textTable } from "./table.ts";

const outFolder = () => join(workspaceRoot(), "runs");

export function addRunsCommand(program: Command): void {
  const runs = program.command("runs").description("the runs that you have made");
  runs
    .command("list [project]", { isDefault: true })
    .description("a table of runs, of one project or of all")
    .option("--all", "also those that were checks and no training: --overfit, --findRate")
    .action((project: string | undefined, { all = false }: { all?: boolean }) => {
      const projects = project === undefined ? listProjects().map(({ name }) => name) : [findProject(project).name];
      listAll(projects, all);
    });
  runs
    .command("compare <project> <runs...>")
    .description("the settings and results of two runs or more, and their curves in one picture (`latest`: the newest)")
    .option("--html <file>", "where the picture goes (default: runs/<project>/comparison.html)")
    .action((project: string, names: string[], { html }: { html?: string }) =>
      compare(findProject(project).name, names, html),
    );
}

function listAll(projects: readonly string[], all: boolean): void {
  const rows = projects.flatMap((project) => listRunRows(outFolder(), project, { all }));
  const header = ["project", "run", "status", "preset", "seed", "result", "time"];
  const text = rows.length > 0 ? textTable(header, rows) : "no runs yet: course train <project>";
  process.stdout.write(`${text}\n`);
}

async function compare(project: string, names: readonly string[], html: string | undefined): Promise<void> {
  const folders = [...new Set(names.map((name) => findRunFolder(outFolder(), project, name)))];
  if (folders.length < 2)
    throw new UserError(`runs compare: expected two runs or more of ${project}, received ${names.join(", ")}`);
  const { settings, metrics } = compareRuns(folders);
  const [header = [], ...differing] = settings;
  const shown = differing.length > 0 ? textTable(header, differing) : "all settings are the same";
  const path = html ?? join(outFolder(), project, "comparison.html");
  await writeComparison(path, folders);
  const [metricHeader = [], ...results] = metrics;
  process.stdout.write(`${shown}\n\n${textTable(metricHeader, results)}\n\ncurves  ${relative(process.cwd(), path)}\n`);
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "@course/train";
import { listProjects } from "./projects.ts";
import { readResults } from "./results-file.ts";
import { formatSpread, replaceMarked } from "./results-table.ts";
import { markdownTable } from "./table.ts";

/** Writes the table of all measured projects into the root's README. */
export function writeOverview(): void {
  const measured = listProjects().filter(({ folder }) => existsSync(join(folder, "results", "summary.json")));
  const rows = measured.flatMap(({ name, folder, task }) =>
    Object.entries(readResults(folder).presets).map(([preset, { metrics, baselines, seconds }]) => {
      const [metric, value] = Object.entries(metrics)[0]!;
      const [baseline, baselineValue] = Object.entries(baselines).at(-1) ?? ["none", undefined];
      return [
        `[${name}](projects/${name})`,
        task,
        preset,
        `${metric} ${formatSpread(value)}`,
        `${baseline} ${formatSpread(baselineValue)}`,
        `${Math.round(seconds.mean)} s`,
      ];
    }),
  );
  const table = markdownTable(["project", "task", "preset", "result", "baseline", "time"], rows);
  replaceMarked(
    join(workspaceRoot(), "README.md"),
    `${table}\n\nMean ± sd over the seeds; the machine is named in each project's README.`,
  );
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "@course/train";
import { listProjects } from "./projects.ts";
import { readResults } from "./results-file.ts";
import { formatSpread, replaceMarked } from "./results-table.ts";
import { markdownTable } from "./table.ts";

const COMMON = ["default", "full"];

/** Writes the table of all measured projects into the root's README: the presets that every project has. */
export function writeOverview(): void {
  const measured = listProjects().filter(({ folder }) => existsSync(join(folder, "results", "summary.json")));
  const rows = measured.flatMap(({ name, folder, task }) => {
    const common = Object.entries(readResults(folder).presets).filter(([preset]) => COMMON.includes(preset));
    return common.map(([preset, { metrics, baselines, seconds }], i) => {
      const [metric, value] = Object.entries(metrics)[0]!;
      const [baseline, baselineValue] = Object.entries(baselines).at(-1) ?? ["none", undefined];
      return [
        ...(i === 0 ? [`[${name}](projects/${name})`, task] : ["", ""]),
        preset,
        `${metric} ${formatSpread(value)}`,
        `${baseline} ${formatSpread(baselineValue)}`,
        `${Math.round(seconds.mean)} s`,
      ];
    });
  });
  const table = markdownTable(["project", "task", "preset", "result", "baseline", "time"], rows);
  replaceMarked(
    join(workspaceRoot(), "README.md"),
    `${table}\n\nMean ± sd over the seeds; the machines, and a project's other presets, are in its README.`,
  );
}

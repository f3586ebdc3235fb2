import { existsSync } from "node:fs";
import { join } from "node:path";
import { listRuns, readJson, readSummary, type Summary, workspaceRoot } from "@course/train";
import type { PresetResult } from "./results-file.ts";

export interface MeasuredRun {
  readonly folder: string;
  readonly summary: Summary;
  readonly config: Record<string, unknown>;
  readonly environment: PresetResult["environment"] & { readonly dirty: boolean | null };
}

/** The project's finished runs, oldest first. */
export function readFinishedRuns(project: string): MeasuredRun[] {
  const out = join(workspaceRoot(), "runs");
  const runs: MeasuredRun[] = [];
  for (const run of listRuns(out, project)) {
    const folder = join(out, project, run);
    if (!existsSync(join(folder, "summary.json"))) continue;
    const summary = readSummary(folder);
    if (summary.status !== "finished" || summary.trial) continue; // a trial is a check, not a result
    const { config } = readJson(join(folder, "config.json")) as { config: Record<string, unknown> };
    const environment = readJson(join(folder, "environment.json")) as MeasuredRun["environment"];
    runs.push({ folder, summary, config, environment });
  }
  return runs;
}

/** Runs are listed oldest first, so the last of a seed wins. */
export function newestBySeed(runs: readonly MeasuredRun[]): MeasuredRun[] {
  const bySeed = new Map(runs.map((run) => [run.summary.seed, run]));
  return [...bySeed.values()].sort((a, b) => a.summary.seed - b.summary.seed);
}

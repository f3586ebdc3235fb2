import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import type { MetricThreshold } from "../rubric/rubric.ts";
import { isStarter } from "../starter/starter-manifest.ts";
import { findWorkspaceRoot } from "../workspace-root.ts";

/** What a metric item is judged by. */
export interface MeasuredMetric {
  readonly isReached: boolean;
  /** Value, threshold and where the value was found, in one line. */
  readonly description: string;
}

const runSummary = z.object({ status: z.string(), preset: z.string(), metrics: z.record(z.string(), z.number()) });
const committedSummary = z.object({ metrics: z.record(z.string(), z.number()) });

interface Found {
  readonly value: number;
  readonly source: string;
}

/**
 * Looks a metric up in the newest finished run of the project (`runs/<project>/*` of the workspace;
 * a smoke run counts only where there is no other), then in the committed `results/summary.json`.
 * The first value that reaches the threshold counts, else the first one found. A starter's
 * committed results are the reference's, so they do not count there.
 */
export function measureMetric(projectFolder: string, project: string, threshold: MetricThreshold): MeasuredMetric {
  const found = [newestRun(projectFolder, project, threshold.name), committed(projectFolder, threshold.name)];
  const values = found.filter((entry) => entry !== undefined);
  const best = values.find(({ value }) => reaches(value, threshold)) ?? values[0];
  if (!best) return { isReached: false, description: `no finished run has ${threshold.name} yet: train first` };
  const { name, atLeast, atMost } = threshold;
  const isReached = reaches(best.value, threshold);
  const wanted = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  const value = Number(best.value.toPrecision(4));
  return { isReached, description: `${name} ${value}, expected ${wanted} (${best.source})` };
}

function reaches(value: number, { atLeast = -Infinity, atMost = Infinity }: MetricThreshold): boolean {
  return value >= atLeast && value <= atMost; // false for NaN
}

function newestRun(projectFolder: string, project: string, metric: string): Found | undefined {
  const root = findWorkspaceRoot(projectFolder) ?? projectFolder;
  const parent = join(root, "runs", project);
  if (!existsSync(parent)) return undefined;
  const runs = readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, summary: readSummary(join(parent, name), runSummary) }))
    .filter(({ summary }) => summary?.status === "finished" && metric in summary.metrics)
    .sort((a, b) => (a.name < b.name ? 1 : -1)); // run names begin with date and time
  const newest = runs.find(({ summary }) => summary!.preset !== "smoke") ?? runs[0];
  if (!newest) return undefined;
  return { value: newest.summary!.metrics[metric]!, source: relative(root, join(parent, newest.name)) };
}

function committed(projectFolder: string, metric: string): Found | undefined {
  if (isStarter(projectFolder)) return undefined;
  const value = readSummary(join(projectFolder, "results"), committedSummary)?.metrics[metric];
  return value === undefined ? undefined : { value, source: "results/summary.json" };
}

/** A missing or damaged summary is no result: undefined. */
function readSummary<T>(folder: string, schema: z.ZodType<T>): T | undefined {
  const path = join(folder, "summary.json");
  if (!existsSync(path)) return undefined;
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, "utf8"))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // a run that died while writing
    throw error;
  }
}

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

const metrics = z.record(z.string(), z.number());
const dataset = z.object({ name: z.string(), test: z.number(), isSubset: z.boolean().optional() });
const runSummary = z.object({ status: z.string(), preset: z.string(), metrics, dataset: dataset.optional() });
const committedSummary = z.object({ metrics, presets: z.record(z.string(), z.object({ dataset })).optional() });
type Dataset = z.output<typeof dataset>;

interface Found {
  readonly value: number;
  readonly source: string;
}

/**
 * Looks a metric up in the newest finished run of the project (`runs/<project>/*` of the workspace;
 * a smoke run counts only where there is no other), then in the committed `results/summary.json`.
 * The first value that reaches the threshold counts, else the first one found. Where the committed
 * results name the test data of `default` and `full`, only runs on these count, or on the part of them that the repository holds:
 * characters are easier to guess than words. A starter's committed results are the reference's, so they do not count there.
 */
export function measureMetric(projectFolder: string, project: string, threshold: MetricThreshold): MeasuredMetric {
  const results = readSummary(join(projectFolder, "results"), committedSummary);
  const testData = [results?.presets?.default, results?.presets?.full].flatMap((preset) => preset?.dataset ?? []);
  const found = [
    newestRun(projectFolder, { project, metric: threshold.name, testData }),
    isStarter(projectFolder) ? undefined : committed(results?.metrics[threshold.name]),
  ];
  const values = found.filter((entry) => entry !== undefined);
  const best = values.find(({ value }) => reaches(value, threshold)) ?? values[0];
  if (!best)
    return {
      isReached: false,
      description: `no finished run has ${threshold.name} yet${onData(testData)}: train first`,
    };
  const { name, atLeast, atMost } = threshold;
  const isReached = reaches(best.value, threshold);
  const wanted = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  const value = Number(best.value.toPrecision(4));
  return { isReached, description: `${name} ${value}, expected ${wanted} (${best.source})` };
}

function reaches(value: number, { atLeast = -Infinity, atMost = Infinity }: MetricThreshold): boolean {
  return value >= atLeast && value <= atMost; // false for NaN
}

interface Search {
  readonly project: string;
  readonly metric: string;
  /** What the run was tested on is one of these; none: anything. */
  readonly testData: readonly Dataset[];
}

function newestRun(projectFolder: string, { project, metric, testData }: Search): Found | undefined {
  const root = findWorkspaceRoot(projectFolder) ?? projectFolder;
  const parent = join(root, "runs", project);
  if (!existsSync(parent)) return undefined;
  const isWanted = (data?: Dataset) =>
    testData.length === 0 ||
    testData.some(({ name, test }) => data?.name === name && (data.test === test || data.isSubset));
  const runs = readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, summary: readSummary(join(parent, name), runSummary) }))
    .filter(({ summary }) => summary?.status === "finished" && metric in summary.metrics && isWanted(summary.dataset))
    .sort((a, b) => (a.name < b.name ? 1 : -1)); // run names begin with date and time
  const newest = runs.find(({ summary }) => summary!.preset !== "smoke") ?? runs[0];
  if (!newest) return undefined;
  return { value: newest.summary!.metrics[metric]!, source: relative(root, join(parent, newest.name)) };
}

function committed(value: number | undefined): Found | undefined {
  return value === undefined ? undefined : { value, source: "results/summary.json" };
}

function onData(testData: readonly Dataset[]): string {
  const [first] = testData;
  return first ? ` on ${first.name} with ${first.test} test examples` : "";
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

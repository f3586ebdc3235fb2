import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { exitOnUserError, UserError } from "@course/core";
import { meanAndSd } from "@course/metrics";
import {
  listRuns,
  parsePathsAndFlags,
  readJson,
  readSummary,
  resolveUserPath,
  type Summary,
  workspaceRoot,
} from "@course/train";
import { type Config, config } from "../src/config.ts";

const COLUMNS = ["test/iou", "test/iouUnrounded", "test/classAccuracy", "test/hasObjectAccuracy", "test/mean"] as const;

interface FinishedRun {
  readonly settings: Config;
  readonly summary: Summary;
}

const DEFAULTS = config.parse({});

/** One row for runs of the same settings and network: mean ± sd over their seeds, of each the latest run. */
export function compareRuns(runs: readonly FinishedRun[]): string {
  const groups = Map.groupBy(runs, ({ settings, summary: { parameters } }) =>
    [settings.model, changesOf(settings), parameters.toLocaleString("en")].join(" | "),
  );
  const rows = [...groups].map(([name, group]) => {
    const bySeed = new Map(group.map(({ summary }) => [summary.seed, summary]));
    const summaries = [...bySeed.values()];
    const cells = COLUMNS.map((metric) => {
      const { mean, sd } = meanAndSd(summaries.map(({ metrics }) => metrics[metric]!));
      return sd === undefined ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${sd.toFixed(4)}`;
    });
    const seconds = meanAndSd(summaries.map((summary) => summary.seconds)).mean.toFixed(0);
    return `| ${[name, seconds, summaries.length, ...cells].join(" | ")} |`;
  });
  const head = ["model", "settings", "parameters", "seconds", "seeds", ...COLUMNS];
  return [`| ${head.join(" | ")} |`, `|${" --- |".repeat(head.length)}`, ...rows.sort()].join("\n");
}

/** What differs from the defaults, as flags. */
function changesOf({ model: _, ...settings }: Config): string {
  const changed = Object.entries(settings).filter(([name, value]) => value !== DEFAULTS[name as keyof Config]);
  return changed.map(([name, value]) => `--${name} ${value}`).join(" ") || "default";
}

/** The oldest first; runs of other versions' settings do not compare. */
function finishedRuns(out: string): FinishedRun[] {
  return listRuns(out, "object-localization").flatMap((name) => {
    const folder = join(out, "object-localization", name);
    const { config: values, preset } = readJson(join(folder, "config.json")) as { config: unknown; preset?: string };
    const settings = config.safeParse(values);
    const summary = readSummary(folder);
    const isWhole = settings.success && isDeepStrictEqual(settings.data, values);
    const counts = isWhole && summary.status === "finished" && preset !== "smoke";
    return counts && "test/iouUnrounded" in summary.metrics ? [{ settings: settings.data, summary }] : [];
  });
}

if (import.meta.main)
  await exitOnUserError(async () => {
    const { paths, flags } = parsePathsAndFlags(process.argv.slice(2), ["out"]);
    if (paths.length > 0) throw new UserError(`compare: expected flags only, received ${paths[0]} (it takes all runs)`);
    const runs = finishedRuns(flags.out === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(flags.out));
    if (runs.length === 0)
      throw new UserError("compare: expected finished runs of this version, found none (train each model first)");
    console.log(compareRuns(runs));
  });

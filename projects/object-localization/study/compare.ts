import { join } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import { meanAndSd } from "@course/metrics";
import {
  type FinishedRun,
  FLAG_TEXTS,
  finishedRuns,
  parsePathsAndFlags,
  resolveUserPath,
  workspaceRoot,
} from "@course/train";
import { type Config, config } from "../src/config.ts";

const COLUMNS = ["test/iou", "test/iouUnrounded", "test/classAccuracy", "test/hasObjectAccuracy", "test/mean"] as const;

const DEFAULTS = config.parse({});

/** One row for runs of the same settings and network: mean ± sd over their seeds, of each the latest run. */
export function compareRuns(runs: readonly Pick<FinishedRun<Config>, "config" | "summary">[]): string {
  const groups = Map.groupBy(runs, ({ config, summary: { parameters } }) =>
    [config.model, changesOf(config), parameters.toLocaleString("en")].join(" | "),
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

if (import.meta.main)
  await exitOnUserError(async () => {
    const { flags } = parsePathsAndFlags(process.argv.slice(2), {
      call: "pnpm --filter object-localization run compare",
      does: "A table of all finished runs: a row for each network and settings, mean ± sd over their seeds.",
      flags: { out: FLAG_TEXTS.out },
    });
    const out = flags.out === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(flags.out);
    const runs = finishedRuns(out, "object-localization", config);
    if (runs.length === 0)
      throw new UserError("compare: expected finished runs of this version, found none (train each model first)");
    console.log(compareRuns(runs));
  });

import { join } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import { meanAndSd } from "@course/metrics";
import { listRuns, readJson, readSummary, type Summary, workspaceRoot } from "@course/train";
import { type Config, config } from "../src/config.ts";

const COLUMNS = ["test/iou", "test/iouUnrounded", "test/classAccuracy", "test/hasObjectAccuracy", "test/mean"] as const;

interface FinishedRun {
  readonly settings: Config;
  readonly summary: Summary;
}

/** One row for each model and box loss: mean ± sd of its finished runs that used the same number of scenes. */
export function compareRuns(runs: readonly FinishedRun[]): string {
  const groups = Map.groupBy(runs, ({ settings: { dataset, model, boxLoss, scenes, epochs } }) =>
    [dataset, model, boxLoss, `${(scenes * epochs).toLocaleString("en")}`].join(" | "),
  );
  const rows = [...groups].map(([name, group]) => {
    const cells = COLUMNS.map((metric) => {
      const { mean, sd } = meanAndSd(group.map(({ summary }) => summary.metrics[metric]!));
      return sd === undefined ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${sd.toFixed(4)}`;
    });
    const seconds = meanAndSd(group.map(({ summary }) => summary.seconds)).mean.toFixed(0);
    const { parameters } = group[0]!.summary;
    return `| ${[name, parameters.toLocaleString("en"), seconds, group.length, ...cells].join(" | ")} |`;
  });
  const head = ["dataset", "model", "box loss", "scenes seen", "parameters", "seconds", "seeds", ...COLUMNS];
  return [`| ${head.join(" | ")} |`, `|${" --- |".repeat(head.length)}`, ...rows.sort()].join("\n");
}

function finishedRuns(out: string): FinishedRun[] {
  return listRuns(out, "object-localization").flatMap((name) => {
    const folder = join(out, "object-localization", name);
    const { config: values, preset } = readJson(join(folder, "config.json")) as { config: unknown; preset?: string };
    const settings = config.safeParse(values);
    const summary = readSummary(folder);
    const counts = summary.status === "finished" && settings.success && preset !== "smoke";
    return counts && "test/iouUnrounded" in summary.metrics ? [{ settings: settings.data, summary }] : [];
  });
}

if (import.meta.main)
  await exitOnUserError(async () => {
    const runs = finishedRuns(join(workspaceRoot(), "runs"));
    if (runs.length === 0) throw new UserError("compare: expected finished runs, found none (train each model first)");
    console.log(compareRuns(runs));
  });

import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { formatNumber, listRuns, readSummary, type Summary } from "@course/train";

/** A row for each run of a project: project, run, status, preset, seed, first metric, time. */
export function listRunRows(outFolder: string, project: string, { all }: { all: boolean }): string[][] {
  return listRuns(outFolder, project).flatMap((run) => {
    const summary = summaryOf(join(outFolder, project, run));
    if (typeof summary === "string") return [[project, run, summary, "", "", "", ""]];
    const { status, trial, preset, seed, seconds } = summary;
    if (trial && !all) return []; // a check is no result
    const place = [project, run, trial?.name ?? status, preset, String(seed)];
    return [[...place, firstMetric(summary), `${seconds.toFixed(1)} s`]];
  });
}

/** Or what is wrong with it: one damaged run must not hide the others. */
function summaryOf(folder: string): Summary | "no summary" | "unreadable" {
  if (!existsSync(join(folder, "summary.json"))) return "no summary";
  try {
    return readSummary(folder);
  } catch (error) {
    if (error instanceof UserError) return "unreadable";
    throw error;
  }
}

function firstMetric({ metrics }: Summary): string {
  const [first] = Object.entries(metrics);
  return first ? `${first[0]} ${formatNumber(first[1])}` : "";
}

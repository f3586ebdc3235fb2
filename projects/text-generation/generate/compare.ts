import { join } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import { readMetrics, workspaceRoot } from "@course/train";
import { type FinishedRun, finishedRuns } from "./saved-network.ts";

/** Least validation loss of a run's epochs. */
function validationLossOf(folder: string): number {
  const losses = readMetrics(join(folder, "metrics.jsonl")).map((line) =>
    Number(line["validation/loss"] ?? Number.NaN),
  );
  return Math.min(...losses.filter(Number.isFinite));
}

/** One line a run, those of a level and length by validation loss: the first is the one to take. */
export function comparisonTable(runs: readonly FinishedRun[]): string {
  const rows = runs.toSorted(
    (a, b) =>
      a.config.level.localeCompare(b.config.level) ||
      a.config.length.localeCompare(b.config.length) ||
      a.validationLoss - b.validationLoss,
  );
  const lines = rows.map(({ name, config: { level, length, model }, seed, validationLoss, testPerplexity, seconds }) =>
    [
      level.padEnd(9),
      length.padEnd(5),
      model.padEnd(4),
      `seed ${seed}`,
      validationLoss.toFixed(4),
      testPerplexity.toFixed(2),
      `${seconds.toFixed(0)} s`,
      name,
    ].join("  "),
  );
  return ["level      length model seed    validation (nats)  test perplexity  time  run", ...lines].join("\n");
}

if (import.meta.main)
  await exitOnUserError(async () => {
    const runs = finishedRuns(join(workspaceRoot(), "runs"), validationLossOf);
    if (runs.length === 0)
      throw new UserError("runs: expected finished runs of text-generation, found none (train first)");
    console.log(comparisonTable(runs));
  });

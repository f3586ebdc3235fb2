import { join } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import { FLAG_TEXTS, parsePathsAndFlags, readMetrics, resolveUserPath, workspaceRoot } from "@course/train";
import { type FinishedRun, finishedRuns } from "./runs.ts";

interface Candidate extends FinishedRun {
  /** Nats per token, the least of its epochs. */
  readonly validationLoss: number;
}

/** Least validation loss of a run's epochs. */
function validationLossOf(folder: string): number {
  const losses = readMetrics(join(folder, "metrics.jsonl")).map((line) =>
    Number(line["validation/loss"] ?? Number.NaN),
  );
  return Math.min(...losses.filter(Number.isFinite));
}

/** Losses can be compared where level, text and vocabulary are the same. */
const groupOf = ({ config: { level, limit }, summary, vocabularyHash }: FinishedRun) =>
  [level, summary.dataset?.sha256, limit, vocabularyHash].join(" ");

/**
 * One line a run, in groups that can be compared, by validation loss: the first of a group is the one to take. Only its
 * test perplexity is shown: who chose by the test could not measure with it any more.
 */
export function comparisonTable(runs: readonly Candidate[]): string {
  const groups = Map.groupBy(runs, groupOf);
  const tables = [...groups.values()].map((group) => {
    const { config, summary, vocabularyHash } = group[0]!;
    const title = `${summary.dataset?.name}, ${config.level} by ${config.level}, vocabulary ${vocabularyHash.slice(0, 8)}`;
    const sorted = group.toSorted((a, b) => a.validationLoss - b.validationLoss);
    return [title, "  validation (nats)  test perplexity  length  model  time     run", ...sorted.map(lineOf)].join(
      "\n",
    );
  });
  return tables.join("\n\n");
}

function lineOf({ config: { length, model }, summary, validationLoss }: Candidate, place: number): string {
  const test = place === 0 ? summary.metrics["test/perplexity"]!.toFixed(2) : "";
  const time = `${summary.seconds.toFixed(0)} s`;
  const cells = [
    validationLoss.toFixed(4).padEnd(17),
    test.padEnd(15),
    length.padEnd(6),
    model.padEnd(5),
    time.padEnd(7),
  ];
  return `  ${[...cells, summary.run].join("  ")}`;
}

if (import.meta.main)
  await exitOnUserError(async () => {
    const { flags } = parsePathsAndFlags(process.argv.slice(2), {
      call: "pnpm --filter text-generation run compare",
      does: "All finished runs but smoke runs, in groups whose losses compare: the first of a group is the one to take.",
      flags: { out: FLAG_TEXTS.out },
    });
    const runs = finishedRuns(flags.out ? resolveUserPath(flags.out) : join(workspaceRoot(), "runs"));
    if (runs.length === 0)
      throw new UserError("runs: expected finished runs of text-generation (smoke runs do not count), found none");
    console.log(comparisonTable(runs.map((run) => ({ ...run, validationLoss: validationLossOf(run.folder) }))));
  });

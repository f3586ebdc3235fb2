#!/usr/bin/env node
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { didYouMean, exitOnUserError, USER_ERROR_EXIT_CODE, UserError } from "@course/core";
import { Command, CommanderError } from "commander";
import type { Benchmark } from "./benchmark.ts";
import { BENCHMARKS } from "./benchmarks.ts";
import { measure } from "./measure.ts";
import { mergeReports } from "./merge-reports.ts";
import { reportText, writeReadmeTable } from "./report.ts";
import { STEP_NETWORKS } from "./step-sizes.ts";

interface Options {
  readonly only?: string;
  readonly rounds: string;
  readonly threads: string;
  readonly python?: string;
  readonly json?: boolean;
  readonly write?: boolean;
  readonly profile?: boolean;
}

const program = new Command("course-bench")
  .description("speed against the peers that this machine has, taking turns in one run")
  .option(
    "--only <name>",
    `one benchmark, or the first letters of several: ${BENCHMARKS.map(({ name }) => name).join(", ")}`,
  )
  .option("--rounds <n>", "counted rounds of each contender", "11")
  .option("--threads <list>", "threads, one contest for each: 1,2", "1,2")
  .option("--python <path>", "a Python that has PyTorch or NumPy, the peers; without one there are none of these")
  .option("--json", "print the report as JSON")
  .option(
    "--write",
    "keep the results in packages/bench/results, beside those not measured now, and show them in the README there",
  )
  .option("--profile", "instead: where the time of our training steps goes, kernel by kernel, mean of --rounds steps")
  .exitOverride()
  .action(bench);

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UserError(`${flag}: expected a whole number from 1, received "${text}"`);
  return value;
}

async function bench({ only, rounds, threads, python, json, write, profile }: Options): Promise<void> {
  const chosen = BENCHMARKS.filter(({ name }) => only === undefined || name.startsWith(only));
  if (chosen.length === 0)
    throw new UserError(
      `--only ${only}: no such benchmark${didYouMean(
        only!,
        BENCHMARKS.map(({ name }) => name),
      )}`,
    );
  const count = wholeNumber("--rounds", rounds);
  const threadCounts = threads.split(",").map((text) => wholeNumber("--threads", text));
  if (profile) {
    await printProfiles(chosen, { rounds: count, threads: threadCounts[0]! });
    return;
  }
  const report = await measure({
    benchmarks: chosen,
    rounds: count,
    threads: threadCounts,
    python,
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${reportText(report)}\n`);
  if (!write) return;
  const file = new URL("../results/bench.json", import.meta.url);
  mkdirSync(new URL(".", file), { recursive: true });
  const kept = existsSync(file) ? mergeReports(JSON.parse(readFileSync(file, "utf8")), report) : report;
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  writeReadmeTable(kept);
}

/** In this process, with the first of --threads. */
async function printProfiles(
  benchmarks: readonly Benchmark[],
  { rounds, threads }: { rounds: number; threads: number },
): Promise<void> {
  const { profileStep } = await import("./profile.ts"); // it loads TensorFlow.js
  const networks = STEP_NETWORKS.filter((network) => benchmarks.some(({ name }) => name === `step-${network}`));
  if (networks.length === 0) throw new UserError("--profile: expected --only to name training steps, such as step-cnn");
  if (networks.length > 1) throw new UserError(`--profile: one training step at a time: --only step-${networks[0]}`);
  process.stdout.write(`${await profileStep(networks[0]!, rounds, threads)}\n`);
}

await exitOnUserError(async () => {
  try {
    const args = process.argv.slice(2);
    await program.parseAsync(args[0] === "--" ? args.slice(1) : args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : USER_ERROR_EXIT_CODE;
  }
});

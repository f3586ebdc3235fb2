#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { didYouMean, exitOnUserError, USER_ERROR_EXIT_CODE, UserError } from "@course/core";
import { Command, CommanderError } from "commander";
import { BENCHMARKS } from "./benchmarks.ts";
import { contest } from "./contest.ts";
import { type Report, reportText, writeReadmeTable } from "./report.ts";

interface Options {
  readonly only?: string;
  readonly rounds: string;
  readonly python?: string;
  readonly json?: boolean;
  readonly write?: boolean;
}

const program = new Command("course-bench")
  .description("speed against the peers that this machine has, taking turns in one run")
  .option(
    "--only <name>",
    `one benchmark, or the first letters of several: ${BENCHMARKS.map(({ name }) => name).join(", ")}`,
  )
  .option("--rounds <n>", "counted rounds of each contender", "11")
  .option("--python <path>", "a Python that has NumPy; without one only ours is timed")
  .option("--json", "print the report as JSON")
  .option("--write", "keep the report in packages/bench/results and show it in the README there")
  .exitOverride()
  .action(bench);

async function bench({ only, rounds, python, json, write }: Options): Promise<void> {
  const chosen = BENCHMARKS.filter(({ name }) => only === undefined || name.startsWith(only));
  if (chosen.length === 0)
    throw new UserError(
      `--only ${only}: no such benchmark${didYouMean(
        only!,
        BENCHMARKS.map(({ name }) => name),
      )}`,
    );
  const count = Number(rounds);
  if (!Number.isInteger(count) || count < 1)
    throw new UserError(`--rounds: expected a whole number from 1, received "${rounds}"`);
  const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.version}`;
  const report: Report = { measuredOn: new Date().toISOString().slice(0, 10), machine, rounds: count, results: [] };
  for (const { name, about, contenders } of chosen) {
    process.stderr.write(`${name}: ${about}\n`);
    report.results.push({ name, about, standings: await contest(contenders(python), count) });
  }
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${reportText(report)}\n`);
  if (!write) return;
  writeFileSync(new URL("../results/bench.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
  writeReadmeTable(report);
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

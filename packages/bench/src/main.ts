#!/usr/bin/env node
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { didYouMean, exitOnUserError, USER_ERROR_EXIT_CODE, UserError } from "@course/core";
import { Command, CommanderError } from "commander";
import type { Benchmark, Machine } from "./benchmark.ts";
import { BENCHMARKS } from "./benchmarks.ts";
import { contest } from "./contest.ts";
import { presentContenders } from "./python-modules.ts";
import { type Report, type Result, reportText, writeReadmeTable } from "./report.ts";

interface Options {
  readonly only?: string;
  readonly rounds: string;
  readonly threads: string;
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
  .option("--threads <list>", "threads of the training steps, one contest for each: 1,2", "1,2")
  .option("--python <path>", "a Python that has PyTorch or NumPy, the peers; without one there are none of these")
  .option("--json", "print the report as JSON")
  .option("--write", "keep the report in packages/bench/results and show it in the README there")
  .exitOverride()
  .action(bench);

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UserError(`${flag}: expected a whole number from 1, received "${text}"`);
  return value;
}

async function bench({ only, rounds, threads, python, json, write }: Options): Promise<void> {
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
  const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.version}`;
  const report: Report = { measuredOn: new Date().toISOString().slice(0, 10), machine, rounds: count, results: [] };
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  for (const benchmark of chosen) {
    for (const threads of benchmark.isThreaded ? threadCounts : [1])
      report.results.push(await measure(benchmark, { machine: { python, threads }, rounds: count, say }));
  }
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${reportText(report)}\n`);
  if (!write) return;
  mkdirSync(new URL("../results", import.meta.url), { recursive: true });
  writeFileSync(new URL("../results/bench.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
  writeReadmeTable(report);
}

interface Measurement {
  readonly machine: Machine;
  readonly rounds: number;
  readonly say: (line: string) => void;
}

async function measure(benchmark: Benchmark, { machine, rounds, say }: Measurement): Promise<Result> {
  const { about, examples, isThreaded } = benchmark;
  const threads = machine.threads === 1 ? "1 thread" : `${machine.threads} threads`;
  const name = isThreaded ? `${benchmark.name}, ${threads}` : benchmark.name;
  say(`${name}: ${about}`);
  const contenders = await presentContenders(benchmark.contenders(machine), say);
  return { name, about, examples, standings: await contest(contenders, rounds) };
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

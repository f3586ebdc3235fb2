import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { Benchmark, Machine } from "./benchmark.ts";
import { contest } from "./contest.ts";
import { presentContenders } from "./python-modules.ts";
import type { Report } from "./report.ts";
import type { Result } from "./result.ts";

export interface Plan {
  readonly benchmarks: readonly Benchmark[];
  readonly rounds: number;
  /** Each is a contest of its own. */
  readonly threads: readonly number[];
  readonly python: string | undefined;
  readonly say: (line: string) => void;
}

/** Milliseconds: OpenBLAS's threads spin for some 25 after their work, others less, and would slow the next contender. */
const PAUSE = 30;

/** Runs the contests one after the other. */
export async function measure({ benchmarks, rounds, threads, python, say }: Plan): Promise<Report> {
  const { isNativeInstalled } = await import("@course/tf"); // here, so that the command's help need not load it
  const hasNative = isNativeInstalled();
  const before = loadavg()[0]!;
  const results: Result[] = [];
  for (const benchmark of benchmarks) {
    for (const count of benchmark.isThreaded ? threads : [1])
      results.push(...(await runContest(benchmark, { python, threads: count, hasNative }, { rounds, say })));
  }
  const measuredOn = new Date().toISOString().slice(0, 10);
  return { measuredOn, machine: machineText(), load: [before, loadavg()[0]!], rounds, results };
}

function machineText(): string {
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  return `${processor}, ${availableParallelism()} cores, ${memory}, ${process.platform} ${process.arch}, Node ${process.version}`;
}

async function runContest(
  benchmark: Benchmark,
  machine: Machine,
  { rounds, say }: Pick<Plan, "rounds" | "say">,
): Promise<Result[]> {
  const { name, about, examples, operations, isThreaded, mostRounds = rounds, parts } = benchmark;
  const threads = isThreaded ? machine.threads : undefined;
  say(`${name}${threads === undefined ? "" : `, threads: ${threads}`}: ${about}`);
  const contenders = await presentContenders(benchmark.contenders(machine), say);
  const standings = await contest(contenders, Math.min(rounds, mostRounds), {
    parts: parts?.map((part) => part.name),
    pause: threads === undefined || threads === 1 ? 0 : PAUSE,
  });
  if (!parts) return [{ name, about, examples, operations, threads, standings: standings[0]! }];
  return parts.map((part, i) => ({
    ...{ name: part.name, about: part.about, examples: part.examples, operations: part.operations },
    ...{ threads, group: name, standings: standings[i]! },
  }));
}

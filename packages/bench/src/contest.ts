import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "@course/core";
import { bootstrapInterval } from "@course/metrics";
import { type Contender, type Memory, type RunningContender, startContender } from "./contender.ts";

export interface Standing extends Memory {
  readonly name: string;
  readonly description: string;
  readonly median: number;
  readonly best: number;
  /** Rounds that count. */
  readonly rounds: number;
  /** Median of round-by-round ratios of our time to this one's; below 1 we are faster. */
  readonly ratio: number;
  /** 95 % bootstrap interval of that median. */
  readonly ratioInterval: readonly [low: number, high: number];
}

/** Times of one contender in one part, by round; undefined where it did not take part. */
interface History {
  readonly times: (number | undefined)[];
  memory: Memory;
}

export interface ContestOptions {
  /** What each contender is asked for, one after the other. */
  readonly parts?: readonly string[] | undefined;
  /** Milliseconds before each turn, in which the threads of the one before stop spinning. */
  readonly pause?: number;
}

/** The only part of a benchmark that has none. */
const WHOLE = [""] as const;

/**
 * Lets the contenders take turns, A B C A B C …, so that a machine whose speed drifts is the same
 * for all; one warm-up round is not counted. The first contender is ours. Returns the standings of
 * each part; a contender that lacks a part is not in them.
 */
export async function contest(
  contenders: readonly Contender[],
  rounds: number,
  { parts = WHOLE, pause = 0 }: ContestOptions = {},
): Promise<Standing[][]> {
  const running: RunningContender[] = [];
  try {
    for (const contender of contenders) running.push(await startContender(contender));
    const records = parts.map(() => running.map((): History => ({ times: [], memory: {} })));
    for (let round = 0; round <= rounds; round++) {
      for (const [p, part] of parts.entries()) {
        for (const [i, contender] of running.entries()) {
          if (round % Math.min(contender.every, rounds) !== 0) continue;
          await sleep(pause);
          const measured = await contender.round(part);
          if (!measured) continue;
          const record = records[p]![i]!;
          if (round > 0) record.times[round] = measured.milliseconds;
          record.memory = measured.memory;
        }
      }
    }
    return records.map((record) => standings(running, record));
  } finally {
    for (const contender of running) contender.stop();
  }
}

function standings(running: readonly RunningContender[], records: readonly History[]): Standing[] {
  const ours = records[0]!.times;
  return running.flatMap(({ name, description }, i) => {
    const { times, memory } = records[i]!;
    const counted = times.filter((time) => time !== undefined);
    if (counted.length === 0) return [];
    const ratios = times.flatMap((time, round) => (time === undefined ? [] : [ours[round]! / time]));
    const statistic = (sample: Float64Array) => median(Array.from(sample));
    const { low, high } = bootstrapInterval(ratios, { random: createRandom(1), statistic });
    return {
      name,
      description,
      median: median(counted),
      best: Math.min(...counted),
      rounds: counted.length,
      ...memory,
      ratio: median(ratios),
      ratioInterval: [low, high] as const,
    };
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

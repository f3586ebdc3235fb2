import { createRandom } from "@course/core";
import { bootstrapInterval } from "@course/metrics";
import { type Contender, startContender } from "./contender.ts";

export interface Standing {
  readonly name: string;
  readonly description: string;
  readonly median: number;
  readonly best: number;
  /** Most memory that the program has held, in MiB, where it says so. */
  readonly peakMebibytes?: number | undefined;
  /** Median of round-by-round ratios of our time to this one's; below 1 we are faster. */
  readonly ratio: number;
  /** 95 % bootstrap interval of that median. */
  readonly ratioInterval: readonly [low: number, high: number];
}

/**
 * Lets the contenders take turns, A B C A B C …, so that a machine whose speed drifts is the same
 * for all; one warm-up round is not counted. The first contender is ours.
 */
export async function contest(contenders: readonly Contender[], rounds: number): Promise<Standing[]> {
  const running = [];
  for (const contender of contenders) running.push(await startContender(contender));
  const times: number[][] = running.map(() => []);
  const peaks: (number | undefined)[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const [i, contender] of running.entries()) {
        const { milliseconds, peakMebibytes } = await contender.round();
        if (round > 0) times[i]!.push(milliseconds);
        peaks[i] = peakMebibytes;
      }
    }
  } finally {
    for (const contender of running) contender.stop();
  }
  return running.map(({ name, description }, i) => {
    const ratios = times[0]!.map((ours, round) => ours / times[i]![round]!);
    const statistic = (sample: Float64Array) => median(Array.from(sample));
    const { low, high } = bootstrapInterval(ratios, { random: createRandom(1), statistic });
    return {
      name,
      description,
      median: median(times[i]!),
      best: Math.min(...times[i]!),
      peakMebibytes: peaks[i],
      ratio: median(ratios),
      ratioInterval: [low, high],
    };
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

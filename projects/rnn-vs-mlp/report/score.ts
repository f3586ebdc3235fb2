import type { Random } from "@course/core";
import { accuracy, bootstrapIndexInterval, type Interval } from "@course/metrics";
import { macroF1 } from "../src/evaluate.ts";

export interface Scores {
  readonly accuracy: Interval;
  readonly macroF1: Interval;
}

/** Accuracy and the mean of the forms' F1 with 95 % intervals: the examples are drawn again with replacement. */
export function score(predicted: ArrayLike<number>, actual: ArrayLike<number>, random: Random): Scores {
  const [p, a] = [new Uint8Array(actual.length), new Uint8Array(actual.length)];
  const over = (statistic: (predicted: Uint8Array, actual: Uint8Array) => number) =>
    bootstrapIndexInterval(
      actual.length,
      (indices) => {
        indices.forEach((index, i) => {
          p[i] = predicted[index];
          a[i] = actual[index];
        });
        return statistic(p, a);
      },
      { random, resamples: 1000 },
    );
  return { accuracy: over(accuracy), macroF1: over(macroF1) };
}

import { type Random, ShapeError } from "@course/core";
import { assertFinite, assertNotEmpty, assertOpenFraction, assertPositiveInteger } from "./input-checks.ts";
import type { Interval } from "./interval.ts";

export interface BootstrapOptions {
  readonly random: Random;
  /** 2,000 by default: a bound's own Monte-Carlo error is then about 3 % of a 95 % interval's half-width. */
  readonly resamples?: number;
  /** 0.95 by default. */
  readonly confidence?: number;
}

export interface StatisticOptions extends BootstrapOptions {
  /** Of a sample that is only valid during the call; the mean by default. */
  readonly statistic?: (sample: Float64Array) => number;
}

/**
 * Percentile interval of a statistic: the sample is drawn again with replacement, and the interval holds
 * the middle `confidence` of the statistics (Efron, 1979; Efron & Tibshirani, 1993, ch. 13). Quantiles are
 * interpolated linearly, as `scipy.stats.bootstrap(method="percentile")` does.
 *
 * @param values [count], one for each independent example.
 * @throws RangeError for no values, a value or statistic that is not finite, or bad options.
 */
export function bootstrapInterval(values: ArrayLike<number>, options: StatisticOptions): Interval {
  const { statistic = mean } = options;
  assertFinite("bootstrapInterval values", values);
  const sample = new Float64Array(values.length);
  return bootstrapIndexInterval(values.length, (indices) => statistic(gather(values, indices, sample)), options);
}

/**
 * Percentile interval of statistic(a) − statistic(b) for two measurements of the same examples, such as two
 * models' 0/1 correctness: a and b are drawn together, so what makes an example hard for both cancels. An
 * interval that excludes 0 is a difference.
 *
 * @param a [count]
 * @param b [count] of the same examples in the same order.
 * @throws ShapeError if the lengths differ; RangeError as bootstrapInterval.
 */
export function pairedBootstrapInterval(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: StatisticOptions,
): Interval {
  const { statistic = mean } = options;
  if (a.length !== b.length)
    throw new ShapeError(
      `pairedBootstrapInterval b: expected [count=${a.length}], received [${b.length}] (not the same examples?)`,
    );
  assertFinite("pairedBootstrapInterval a", a);
  assertFinite("pairedBootstrapInterval b", b);
  const [sampleA, sampleB] = [new Float64Array(a.length), new Float64Array(b.length)];
  const difference = (indices: Uint32Array) =>
    statistic(gather(a, indices, sampleA)) - statistic(gather(b, indices, sampleB));
  return bootstrapIndexInterval(a.length, difference, options);
}

/**
 * The same for any statistic of examples that are more than one number each: macro F1, AUC, mAP, or their
 * difference between two models.
 *
 * @param count examples.
 * @param statistic of the examples at these indices [count], which repeat and are only valid during the call.
 * @throws RangeError for no examples, a statistic that is not finite, or bad options.
 */
export function bootstrapIndexInterval(
  count: number,
  statistic: (indices: Uint32Array) => number,
  { random, resamples = 2000, confidence = 0.95 }: BootstrapOptions,
): Interval {
  const where = "bootstrapInterval";
  assertNotEmpty(where, { length: count });
  assertPositiveInteger(`${where} resamples`, resamples);
  assertOpenFraction(`${where} confidence`, confidence);
  const indices = Uint32Array.from({ length: count }, (_, i) => i);
  const estimate = statistic(indices);
  const statistics = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < count; i++) indices[i] = random.integer(0, count);
    statistics[r] = statistic(indices);
  }
  assertStatistics(estimate, statistics);
  statistics.sort();
  const tail = (1 - confidence) / 2;
  return { estimate, low: quantile(statistics, tail), high: quantile(statistics, 1 - tail), confidence };
}

function assertStatistics(estimate: number, statistics: Float64Array): void {
  const bad = [estimate, ...statistics].find((value) => !Number.isFinite(value));
  if (bad === undefined) return;
  throw new RangeError(
    `bootstrapInterval statistic: expected a finite number for every resample, received ${bad} ` +
      "(a statistic that a sample without one of the classes does not have?)",
  );
}

function gather(values: ArrayLike<number>, indices: Uint32Array, into: Float64Array): Float64Array {
  for (let i = 0; i < indices.length; i++) into[i] = values[indices[i]];
  return into;
}

/** Linear between the two nearest order statistics (Hyndman & Fan, 1996, type 7). */
function quantile(sorted: Float64Array, fraction: number): number {
  const position = fraction * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

function mean(sample: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += sample[i];
  return sum / sample.length;
}

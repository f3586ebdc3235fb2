/** What TensorBoard's histogram is made of: equal buckets between the smallest and the largest value. */
export interface HistogramSummary {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Right edge of each bucket; the left edge of the first is `min`. */
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

/**
 * Counts `values` in equal buckets, each closed on the left, the last one on both sides, as
 * `tf.summary.histogram` does. Values that are all the same fall into one bucket. Without values
 * there are no buckets.
 *
 * @throws RangeError for a value that is not finite.
 */
export function summarizeHistogram(values: ArrayLike<number>, numBuckets = 30): HistogramSummary {
  const { min, max, sum, sumOfSquares } = moments(values);
  const count = values.length;
  if (count === 0) return { min: 0, max: 0, count, sum, sumOfSquares, limits: [], counts: [] };
  const width = (max - min) / numBuckets;
  // subnormal ranges have a width of zero
  if (width === 0) return { min, max, count, sum, sumOfSquares, limits: [max], counts: [count] };
  const counts = new Uint32Array(numBuckets);
  for (let i = 0; i < count; i++) {
    const bucket = ((values[i]! - min) / width) | 0; // rounds down, and is faster here than Math.floor
    counts[bucket < numBuckets ? bucket : numBuckets - 1]!++;
  }
  const limits = Array.from(counts, (_, i) => (i === numBuckets - 1 ? max : min + width * (i + 1)));
  return { min, max, count, sum, sumOfSquares, limits, counts: Array.from(counts) };
}

function moments(values: ArrayLike<number>): { min: number; max: number; sum: number; sumOfSquares: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let sumOfSquares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    sumOfSquares += value * value;
  }
  if (!Number.isFinite(sumOfSquares)) assertFinite(values); // or the squares were too large
  return { min, max, sum, sumOfSquares };
}

function assertFinite(values: ArrayLike<number>): void {
  const index = Array.prototype.findIndex.call(values, (value: number) => !Number.isFinite(value));
  if (index < 0) return;
  throw new RangeError(
    `histogram: expected finite values, received ${values[index]} at index ${index} (has training diverged?)`,
  );
}

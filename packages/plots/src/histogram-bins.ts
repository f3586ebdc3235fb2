import { scaleOf } from "./scale.ts";

export interface Bins {
  /** [bins + 1] ascending. */
  readonly edges: Float64Array;
  /** For each series [bins]. */
  readonly counts: readonly Float64Array[];
  /** For each series the number of values that are NaN or ±Infinity. */
  readonly notFinite: readonly number[];
}

/**
 * Counts of each series in `bins` bins of equal width over all finite values. A value on an inner
 * border counts in the bin above it, the largest value in the last bin.
 *
 * @throws RangeError if no value is finite.
 */
export function sharedBins(series: readonly ArrayLike<number>[], bins: number): Bins {
  const [low, high] = scaleOf(everyValue(series)).domain;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
  const notFinite = series.map(() => 0);
  const counts = series.map((values, s) => {
    const inBins = new Float64Array(bins);
    for (let i = 0; i < values.length; i++) {
      const bin = Math.min(bins - 1, Math.floor(((values[i]! - low) / (high - low)) * bins));
      if (Number.isFinite(values[i])) inBins[bin]!++;
      else notFinite[s]!++;
    }
    return inBins;
  });
  return { edges, counts, notFinite };
}

function* everyValue(series: readonly ArrayLike<number>[]): Generator<number> {
  for (const values of series) for (let i = 0; i < values.length; i++) yield values[i]!;
}

/** The stepped line over the bins, which starts and ends on `floor`, as points from left to right. */
export function outline(edges: Float64Array, heights: ArrayLike<number>, floor: number): { x: number; y: number }[] {
  const points = [{ x: edges[0]!, y: floor }];
  for (let bin = 0; bin < heights.length; bin++) {
    const y = Math.max(floor, heights[bin]!);
    points.push({ x: edges[bin]!, y }, { x: edges[bin + 1]!, y });
  }
  return [...points, { x: edges.at(-1)!, y: floor }];
}

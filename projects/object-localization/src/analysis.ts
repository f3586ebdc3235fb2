import { meanAndSd } from "@course/metrics";

/** A range of scenes and how the network does on them. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** NaN where no scene falls into the range. */
  readonly mean: number;
  /** Of the mean; NaN below two scenes. */
  readonly standardError: number;
}

/**
 * Mean score of the examples whose value lies in each range [edge, next edge); the last range holds its
 * upper edge too. Scores that are NaN (empty scenes) are left out.
 */
export function meanByRange(values: readonly number[], scores: ArrayLike<number>, edges: readonly number[]): Bin[] {
  return edges.slice(0, -1).map((low, bin) => {
    const high = edges[bin + 1];
    const isLast = bin === edges.length - 2;
    const isInside = (i: number): boolean => {
      // #solution 4.2 whether example i lies in this range and has a score
      const isBelow = isLast ? values[i] <= high : values[i] < high;
      return values[i] >= low && isBelow && !Number.isNaN(scores[i]);
      // #end
    };
    const inside = Array.from(scores).filter((_, i) => isInside(i));
    if (inside.length === 0) return { low, high, count: 0, mean: Number.NaN, standardError: Number.NaN };
    const { mean, sd = Number.NaN } = meanAndSd(inside);
    return { low, high, count: inside.length, mean, standardError: sd / Math.sqrt(inside.length) };
  });
}

/** The indices of all scenes by IoU, the best first; those without an object (NaN) are left out. */
export function rankByIou(ious: ArrayLike<number>): number[] {
  // #solution 5.1 indices of the IoUs that are no NaN, the greatest IoU first
  const known = Array.from({ length: ious.length }, (_, i) => i).filter((i) => !Number.isNaN(ious[i]));
  return known.sort((a, b) => ious[b] - ious[a]);
  // #end
}

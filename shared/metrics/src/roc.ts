import { thresholdCounts } from "./threshold-counts.ts";

/** Points from (0, 0), where nothing is called positive, to (1, 1), where everything is. */
export interface RocCurve {
  /** FP / negatives, rising. */
  readonly falsePositiveRate: Float64Array;
  /** TP / positives, rising. */
  readonly truePositiveRate: Float64Array;
  /** "Positive where score ≥ threshold", falling; the first is +∞. */
  readonly thresholds: Float64Array;
}

/**
 * Receiver operating characteristic: one point for each distinct score (Fawcett, 2006, algorithm 1).
 * Points on a straight line are kept (scikit-learn with `drop_intermediate=False`).
 *
 * @param scores [count], higher for class 1; only their order counts.
 * @param actual [count] of 0 and 1.
 * @throws ShapeError if the lengths differ; RangeError for no examples, a score that is not finite, a
 *   label other than 0 and 1, or one class only.
 */
export function rocCurve(scores: ArrayLike<number>, actual: ArrayLike<number>): RocCurve {
  const counts = thresholdCounts("rocCurve", scores, actual);
  const { positives, negatives } = counts;
  if (positives === 0 || negatives === 0)
    throw new RangeError(
      `rocCurve actual: expected examples of both classes, received ${positives} of class 1 and ` +
        `${negatives} of class 0 (a split without one of them?)`,
    );
  const length = counts.thresholds.length + 1;
  const thresholds = new Float64Array(length);
  thresholds[0] = Number.POSITIVE_INFINITY;
  thresholds.set(counts.thresholds, 1);
  const falsePositiveRate = new Float64Array(length);
  const truePositiveRate = new Float64Array(length);
  for (let i = 1; i < length; i++) {
    falsePositiveRate[i] = counts.falsePositives[i - 1] / negatives;
    truePositiveRate[i] = counts.truePositives[i - 1] / positives;
  }
  return { falsePositiveRate, truePositiveRate, thresholds };
}

/**
 * Area under the ROC curve by trapezoids, in [0, 1]: the probability that an example of class 1 scores
 * above one of class 0, ties counting half (Hanley & McNeil, 1982). 0.5 is chance, 0 is every pair reversed.
 *
 * @throws as rocCurve.
 */
export function rocAuc(scores: ArrayLike<number>, actual: ArrayLike<number>): number {
  const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(scores, actual);
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area;
}

import { thresholdCounts } from "./threshold-counts.ts";

/** One point for each distinct score as threshold, from the highest down: recall rises. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** "Positive where score ≥ threshold". */
  readonly thresholds: Float64Array;
}

/**
 * Precision and recall at every threshold. Unlike scikit-learn's, the curve runs from low recall to high
 * and has no made-up last point (recall 0, precision 1).
 *
 * @param scores [count], higher for class 1; only their order counts.
 * @param actual [count] of 0 and 1.
 * @throws ShapeError if the lengths differ; RangeError for no examples, a score that is not finite, a
 *   label other than 0 and 1, or none of class 1 (recall would be 0/0).
 */
export function precisionRecallCurve(scores: ArrayLike<number>, actual: ArrayLike<number>): PrecisionRecallCurve {
  const { thresholds, truePositives, falsePositives, positives } = thresholdCounts(
    "precisionRecallCurve",
    scores,
    actual,
  );
  if (positives === 0)
    throw new RangeError(
      "precisionRecallCurve actual: expected at least one example of class 1, received none (a split without it?)",
    );
  const precision = new Float64Array(thresholds.length);
  const recall = new Float64Array(thresholds.length);
  for (let i = 0; i < thresholds.length; i++) {
    precision[i] = truePositives[i] / (truePositives[i] + falsePositives[i]);
    recall[i] = truePositives[i] / positives;
  }
  return { precision, recall, thresholds };
}

/**
 * Average precision, Σ (R_i − R_{i−1})·P_i over the curve without interpolation, in (0, 1]; the share of
 * class 1 is chance. (Detection uses COCO's interpolated form: see `meanAveragePrecision`.)
 *
 * @throws as precisionRecallCurve.
 */
export function averagePrecision(scores: ArrayLike<number>, actual: ArrayLike<number>): number {
  const { precision, recall } = precisionRecallCurve(scores, actual);
  let sum = 0;
  for (let i = 0; i < recall.length; i++) sum += (recall[i] - (i === 0 ? 0 : recall[i - 1])) * precision[i];
  return sum;
}

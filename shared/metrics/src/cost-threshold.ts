import { thresholdCounts } from "./threshold-counts.ts";

/** What one mistake of each kind costs, in any one unit. */
export interface MistakeCosts {
  readonly falsePositive: number;
  readonly falseNegative: number;
}

export interface CostThreshold {
  /** "Positive where score ≥ threshold"; +∞ where calling nothing positive is cheapest. */
  readonly threshold: number;
  /** Mean cost per example, in the unit of the costs. */
  readonly cost: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/**
 * The threshold at which (FP·cost of a false positive + FN·cost of a false negative) / N is least on
 * these examples. Of equally cheap ones the highest. Choose it on the validation split.
 *
 * @param scores [count], higher for class 1.
 * @param actual [count] of 0 and 1.
 * @throws ShapeError if the lengths differ; RangeError for no examples, a score that is not finite, a
 *   label other than 0 and 1, or costs that are negative or both 0.
 */
export function costThreshold(
  scores: ArrayLike<number>,
  actual: ArrayLike<number>,
  costs: MistakeCosts,
): CostThreshold {
  assertCosts("costThreshold", costs);
  const { thresholds, truePositives, falsePositives, positives } = thresholdCounts("costThreshold", scores, actual);
  const at = (threshold: number, tp: number, fp: number): CostThreshold => ({
    threshold,
    cost: (fp * costs.falsePositive + (positives - tp) * costs.falseNegative) / actual.length,
    falsePositives: fp,
    falseNegatives: positives - tp,
  });
  let best = at(Number.POSITIVE_INFINITY, 0, 0);
  for (let i = 0; i < thresholds.length; i++) {
    const candidate = at(thresholds[i], truePositives[i], falsePositives[i]);
    if (candidate.cost < best.cost) best = candidate;
  }
  return best;
}

/**
 * The threshold on a calibrated probability of class 1 that costs least in expectation,
 * cFP / (cFP + cFN), in [0, 1] (Elkan, 2001, eq. 2 with correct answers free): 0.5 for equal costs.
 *
 * @throws RangeError for costs that are negative or both 0.
 */
export function calibratedCostThreshold(costs: MistakeCosts): number {
  assertCosts("calibratedCostThreshold", costs);
  return costs.falsePositive / (costs.falsePositive + costs.falseNegative);
}

function assertCosts(where: string, { falsePositive, falseNegative }: MistakeCosts): void {
  const areCosts = [falsePositive, falseNegative].every((cost) => Number.isFinite(cost) && cost >= 0);
  if (areCosts && falsePositive + falseNegative > 0) return;
  throw new RangeError(
    `${where} costs: expected costs ≥ 0, not both 0, received falsePositive ${falsePositive} and ` +
      `falseNegative ${falseNegative} (gains instead of costs?)`,
  );
}

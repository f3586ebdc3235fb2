import { assertTargets } from "./regression-errors.ts";

/**
 * Coefficient of determination, 1 − Σ(y − ŷ)² / Σ(y − ȳ)², in (−∞, 1]: 1 is perfect, 0 is as good as
 * always predicting the mean of `actual`, below 0 is worse than that.
 *
 * @param predicted [count]
 * @param actual [count]
 * @throws ShapeError if the lengths differ; RangeError for no values, a value that is not finite, or
 *   actual values that are all equal: 0/0, where scikit-learn makes up 0 or 1.
 */
export function r2(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  assertTargets("r2", predicted, actual);
  let mean = 0;
  let isConstant = true;
  for (let i = 0; i < actual.length; i++) {
    mean += actual[i] / actual.length;
    if (actual[i] !== actual[0]) isConstant = false;
  }
  if (isConstant)
    throw new RangeError(
      `r2 actual: expected values that differ, received ${actual.length} × ${actual[0]} ` +
        "(one example only, or a constant target?)",
    );
  let residual = 0;
  let total = 0;
  for (let i = 0; i < actual.length; i++) {
    residual += (actual[i] - predicted[i]) ** 2;
    total += (actual[i] - mean) ** 2;
  }
  return 1 - residual / total;
}

import { assertFinite, assertPaired } from "./input-checks.ts";

/**
 * Mean squared error, 1/N Σ (ŷ − y)², in the target's unit squared; 0 is perfect.
 *
 * @param predicted [count]
 * @param actual [count]
 * @throws ShapeError if the lengths differ; RangeError for no values or a value that is not finite.
 */
export function meanSquaredError(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  assertTargets("meanSquaredError", predicted, actual);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += (predicted[i] - actual[i]) ** 2;
  return sum / actual.length;
}

/**
 * Square root of the mean squared error, in the target's unit; never below the mean absolute error.
 *
 * @throws as meanSquaredError.
 */
export function rootMeanSquaredError(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  return Math.sqrt(meanSquaredError(predicted, actual));
}

/**
 * Mean absolute error, 1/N Σ |ŷ − y|, in the target's unit; 0 is perfect.
 *
 * @throws as meanSquaredError.
 */
export function meanAbsoluteError(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  assertTargets("meanAbsoluteError", predicted, actual);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += Math.abs(predicted[i] - actual[i]);
  return sum / actual.length;
}

/** @throws ShapeError or RangeError unless both are finite, of one length and not empty. */
export function assertTargets(where: string, predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
  assertPaired(where, predicted, actual);
  assertFinite(`${where} predicted`, predicted);
  assertFinite(`${where} actual`, actual);
}

import {
  assertClassIds,
  assertPaired,
  assertProbabilities,
  assertProbabilityRows,
  type FloatArray,
} from "./input-checks.ts";

/**
 * Mean squared distance of the forecast from the one-hot truth, 1/N Σ Σ_c (p_c − 1[c = actual])², in
 * [0, 2]: 0 is perfect (Brier, 1950, eq. 2).
 *
 * @param probabilities [count, classes] flattened; each row sums to 1.
 * @param actual [count] class ids.
 * @throws ShapeError if the sizes do not fit; RangeError for no examples, a class out of range, or rows
 *   that are no probabilities.
 */
export function brierScore(probabilities: FloatArray, actual: ArrayLike<number>, numClasses: number): number {
  assertProbabilityRows("brierScore probabilities", probabilities, actual.length, numClasses);
  assertClassIds("brierScore actual", actual, numClasses);
  let sum = 0;
  for (let i = 0; i < actual.length; i++)
    for (let c = 0; c < numClasses; c++) sum += (probabilities[i * numClasses + c] - (c === actual[i] ? 1 : 0)) ** 2;
  return sum / actual.length;
}

/**
 * The usual form for two classes, 1/N Σ (p − y)², in [0, 1]: half of `brierScore`.
 *
 * @param probabilities [count] of class 1.
 * @param actual [count] of 0 and 1.
 * @throws as brierScore.
 */
export function binaryBrierScore(probabilities: FloatArray, actual: ArrayLike<number>): number {
  assertPaired("binaryBrierScore", probabilities, actual);
  assertProbabilities("binaryBrierScore probabilities", probabilities);
  assertClassIds("binaryBrierScore actual", actual, 2);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += (probabilities[i] - actual[i]) ** 2;
  return sum / actual.length;
}

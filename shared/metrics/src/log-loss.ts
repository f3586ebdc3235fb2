import {
  assertClassIds,
  assertPaired,
  assertProbabilities,
  assertProbabilityRows,
  type FloatArray,
} from "./input-checks.ts";

/**
 * Mean negative log-likelihood of the actual classes, −1/N Σ ln p(actual), in nats: 0 for certainty in
 * the right class, ln C for C equal probabilities. A probability below the array's precision ε (2⁻²³ for
 * Float32Array, 2⁻⁵² for Float64Array) counts as ε, as in scikit-learn, so the loss stays finite.
 *
 * @param probabilities [count, classes] flattened; each row sums to 1.
 * @param actual [count] class ids.
 * @throws ShapeError if the sizes do not fit; RangeError for no examples, a class out of range, or rows
 *   that are no probabilities.
 */
export function logLoss(probabilities: FloatArray, actual: ArrayLike<number>, numClasses: number): number {
  assertProbabilityRows("logLoss probabilities", probabilities, actual.length, numClasses);
  assertClassIds("logLoss actual", actual, numClasses);
  const epsilon = precisionOf(probabilities);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum -= clippedLog(probabilities[i * numClasses + actual[i]], epsilon);
  return sum / actual.length;
}

/**
 * The log loss of two classes, −1/N Σ [y ln p + (1 − y) ln(1 − p)], in nats: binary cross-entropy.
 *
 * @param probabilities [count] of class 1.
 * @param actual [count] of 0 and 1.
 * @throws as logLoss.
 */
export function binaryLogLoss(probabilities: FloatArray, actual: ArrayLike<number>): number {
  assertPaired("binaryLogLoss", probabilities, actual);
  assertProbabilities("binaryLogLoss probabilities", probabilities);
  assertClassIds("binaryLogLoss actual", actual, 2);
  const epsilon = precisionOf(probabilities);
  let sum = 0;
  for (let i = 0; i < actual.length; i++)
    sum -= clippedLog(actual[i] === 1 ? probabilities[i] : 1 - probabilities[i], epsilon);
  return sum / actual.length;
}

function precisionOf(array: FloatArray): number {
  return array instanceof Float32Array ? 2 ** -23 : 2 ** -52;
}

function clippedLog(probability: number, epsilon: number): number {
  return Math.log(Math.max(epsilon, Math.min(1, probability)));
}

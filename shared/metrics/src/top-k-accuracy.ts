import { assertClassIds, assertFinite, assertRows, type FloatArray } from "./input-checks.ts";

/**
 * Share of examples whose actual class is among the k greatest scores, in [0, 1]. Of equal scores
 * the lower class id ranks first, so that k = 1 is the accuracy of `argmaxRows` (scikit-learn ranks
 * the higher id first).
 *
 * @param scores [count, classes] flattened: logits or probabilities, only their order counts.
 * @param actual [count] class ids.
 * @throws ShapeError if the sizes do not fit; RangeError for no examples, NaN, a class out of range or k > classes.
 */
export function topKAccuracy(
  scores: FloatArray,
  actual: ArrayLike<number>,
  { numClasses, k }: { numClasses: number; k: number },
): number {
  assertRows("topKAccuracy scores", scores, actual.length, numClasses);
  assertFinite("topKAccuracy scores", scores);
  assertClassIds("topKAccuracy actual", actual, numClasses);
  if (!(Number.isInteger(k) && k >= 1 && k <= numClasses))
    throw new RangeError(`topKAccuracy k: expected an integer in 1…${numClasses} (numClasses), received ${k}`);
  let hits = 0;
  for (let row = 0; row < actual.length; row++) {
    const first = row * numClasses;
    if (rankOf(actual[row], scores.subarray(first, first + numClasses)) < k) hits++;
  }
  return hits / actual.length;
}

/** How many classes rank before this one. */
function rankOf(label: number, scores: FloatArray): number {
  const own = scores[label];
  let rank = 0;
  for (let c = 0; c < scores.length; c++) if (scores[c] > own || (scores[c] === own && c < label)) rank++;
  return rank;
}

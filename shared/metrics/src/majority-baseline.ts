import { accuracy } from "./accuracy.ts";
import { assertClassIds, assertNotEmpty } from "./input-checks.ts";

/**
 * The most frequent class; of equally frequent ones the lowest id.
 *
 * @param labels [count] class ids.
 * @throws RangeError for no labels, or for what is no class id.
 */
export function majorityClass(labels: ArrayLike<number>): number {
  assertNotEmpty("majorityClass labels", labels);
  assertClassIds("majorityClass labels", labels);
  const counts = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) counts.set(labels[i], (counts.get(labels[i]) ?? 0) + 1);
  let [best, bestCount] = [-1, 0];
  for (const [label, count] of counts)
    if (count > bestCount || (count === bestCount && label < best)) [best, bestCount] = [label, count];
  return best;
}

/**
 * Accuracy, in [0, 1], of always answering the training split's most frequent class: what any model must
 * beat. The class comes from the training labels only, so the test split is not peeked at.
 *
 * @throws RangeError for an empty split, or for what is no class id.
 */
export function majorityBaselineAccuracy(trainLabels: ArrayLike<number>, testLabels: ArrayLike<number>): number {
  const answer = majorityClass(trainLabels);
  return accuracy(new Float64Array(testLabels.length).fill(answer), testLabels);
}

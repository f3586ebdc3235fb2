import { assertClassIds, assertPaired, assertPositiveInteger } from "./input-checks.ts";

/** How often each class was taken for each: rows are actual, columns predicted classes. */
export interface ConfusionMatrix {
  readonly numClasses: number;
  /** [actual, predicted] flattened: `counts[actual * numClasses + predicted]`. */
  readonly counts: Uint32Array;
}

/**
 * Counts examples by actual class (row) and predicted class (column), as scikit-learn does.
 *
 * @param predicted [count] class ids.
 * @param actual [count] class ids.
 * @throws ShapeError if the lengths differ; RangeError for no examples or a class outside 0…numClasses − 1.
 */
export function confusionMatrix(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
  numClasses: number,
): ConfusionMatrix {
  assertPositiveInteger("confusionMatrix numClasses", numClasses);
  assertPaired("confusionMatrix", predicted, actual);
  assertClassIds("confusionMatrix predicted", predicted, numClasses);
  assertClassIds("confusionMatrix actual", actual, numClasses);
  const counts = new Uint32Array(numClasses * numClasses);
  for (let i = 0; i < actual.length; i++) counts[actual[i] * numClasses + predicted[i]]++;
  return { numClasses, counts };
}

/** One class against the rest, in examples. */
export interface BinaryCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** [classes]: each class in turn as the positive one. */
export function countsByClass({ numClasses, counts }: ConfusionMatrix): BinaryCounts[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Array.from({ length: numClasses }, (_, c) => {
    const truePositives = counts[c * numClasses + c];
    let falsePositives = -truePositives;
    let falseNegatives = -truePositives;
    for (let other = 0; other < numClasses; other++) {
      falsePositives += counts[other * numClasses + c];
      falseNegatives += counts[c * numClasses + other];
    }
    const trueNegatives = total - truePositives - falsePositives - falseNegatives;
    return { truePositives, falsePositives, falseNegatives, trueNegatives };
  });
}

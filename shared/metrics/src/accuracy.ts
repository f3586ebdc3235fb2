import { assertClassIds, assertPaired } from "./input-checks.ts";

/**
 * Share of examples whose predicted class is the actual one, in [0, 1].
 *
 * @param predicted [count] class ids.
 * @param actual [count] class ids.
 * @throws ShapeError if the lengths differ; RangeError for no examples, or for what is no class id.
 */
export function accuracy(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  assertPaired("accuracy", predicted, actual);
  assertClassIds("accuracy predicted", predicted);
  assertClassIds("accuracy actual", actual);
  let correct = 0;
  for (let i = 0; i < actual.length; i++) if (predicted[i] === actual[i]) correct++;
  return correct / actual.length;
}

import { ShapeError } from "@course/core";
import { assertPositiveInteger, type FloatArray } from "./input-checks.ts";

/**
 * The class of the greatest score in each row; of equal scores the first, as in NumPy.
 *
 * @param scores [count, classes] flattened: logits or probabilities.
 * @returns [count] class ids; empty for an empty input.
 * @throws ShapeError if the scores do not fill whole rows; RangeError for NaN.
 */
export function argmaxRows(scores: FloatArray, numClasses: number): Uint32Array {
  assertPositiveInteger("argmaxRows numClasses", numClasses);
  const count = scores.length / numClasses;
  if (!Number.isInteger(count))
    throw new ShapeError(
      `argmaxRows scores: expected [count, classes=${numClasses}] flattened, received ${scores.length} values ` +
        "(another number of classes?)",
    );
  const classes = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    let best = 0;
    for (let c = 0; c < numClasses; c++) {
      const score = scores[row * numClasses + c];
      if (Number.isNaN(score))
        throw new RangeError(
          `argmaxRows scores row ${row}, class ${c}: expected a number, received NaN (a diverged model?)`,
        );
      if (score > scores[row * numClasses + best]) best = c;
    }
    classes[row] = best;
  }
  return classes;
}

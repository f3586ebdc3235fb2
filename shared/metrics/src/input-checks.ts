import { ShapeError } from "@course/core";

/** One row per example, row-major: [count, classes] flattened. */
export type FloatArray = Float32Array | Float64Array;

/** How far the sum of a row of probabilities may be from 1: float32 softmax over many classes stays well within. */
const ROW_SUM_TOLERANCE = 1e-3;

/** @throws RangeError for an empty array: a mean over nothing is not a number. */
export function assertNotEmpty(where: string, values: ArrayLike<unknown>): void {
  if (values.length > 0) return;
  throw new RangeError(
    `${where}: expected at least one value, received none (an empty split, or a filter that matched nothing?)`,
  );
}

/** @throws ShapeError unless there are as many predictions as actual values, RangeError if there are none. */
export function assertPaired(where: string, predicted: ArrayLike<unknown>, actual: ArrayLike<unknown>): void {
  if (predicted.length !== actual.length)
    throw new ShapeError(
      `${where}: expected [count=${actual.length}] predictions as there are actual values, ` +
        `received [${predicted.length}] (another split, or a dropped last batch?)`,
    );
  assertNotEmpty(where, actual);
}

/** @throws RangeError naming the first label that is not an integer in [0, numClasses). */
export function assertClassIds(where: string, labels: ArrayLike<number>, numClasses = Number.POSITIVE_INFINITY): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (Number.isInteger(label) && label >= 0 && label < numClasses) continue;
    const cause = Number.isInteger(label)
      ? "labels that start at 1 or mark a class with −1, or numClasses too small?"
      : "probabilities or scores where class ids belong?";
    const range = Number.isFinite(numClasses) ? `a class id in 0…${numClasses - 1}` : "a class id 0, 1, 2, …";
    throw new RangeError(`${where}[${i}]: expected ${range}, received ${label} (${cause})`);
  }
}

/** @throws RangeError naming the first value that is NaN or infinite. */
export function assertFinite(where: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new RangeError(
      `${where}[${i}]: expected a finite number, received ${values[i]} (a diverged model, or a missing value?)`,
    );
  }
}

/** @throws RangeError naming the first value outside [0, 1]. */
export function assertProbabilities(where: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (values[i] >= 0 && values[i] <= 1) continue;
    throw new RangeError(
      `${where}[${i}]: expected a probability in [0, 1], received ${values[i]} (likely logits: apply softmax or sigmoid)`,
    );
  }
}

/** @throws ShapeError unless `rows` is [count, numClasses] flattened, RangeError for an empty one. */
export function assertRows(where: string, rows: ArrayLike<number>, count: number, numClasses: number): void {
  assertPositiveInteger(`${where} numClasses`, numClasses);
  if (rows.length !== count * numClasses)
    throw new ShapeError(
      `${where}: expected [count=${count}, classes=${numClasses}] flattened to ${count * numClasses} values, ` +
        `received ${rows.length} (another split, or another number of classes?)`,
    );
  assertNotEmpty(where, rows);
}

/** @throws as assertRows, and RangeError unless every row holds probabilities that sum to 1. */
export function assertProbabilityRows(where: string, rows: FloatArray, count: number, numClasses: number): void {
  assertRows(where, rows, count, numClasses);
  assertProbabilities(where, rows);
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let c = 0; c < numClasses; c++) sum += rows[row * numClasses + c];
    if (Math.abs(sum - 1) <= ROW_SUM_TOLERANCE) continue;
    throw new RangeError(
      `${where} row ${row}: expected probabilities that sum to 1, received ${sum} ` +
        "(likely logits or independent sigmoids: apply softmax)",
    );
  }
}

/** @throws RangeError unless `value` is 1, 2, 3, … */
export function assertPositiveInteger(where: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(`${where}: expected a positive integer, received ${value}`);
}

/** @throws RangeError unless 0 < value < 1. */
export function assertOpenFraction(where: string, value: number): void {
  if (value > 0 && value < 1) return;
  throw new RangeError(`${where}: expected a fraction between 0 and 1, received ${value} (a percentage?)`);
}

import { ShapeError } from "@course/core";

/** The id of `<unk>`, which stands for many words: to predict it is to name none of them. */
const UNKNOWN_ID = 0;

/**
 * Share of tokens that were predicted, in [0, 1]; `<unk>` is never right. NaN for no tokens.
 *
 * @throws ShapeError if the lengths differ.
 */
export function tokenAccuracy(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  const right = rightTokens(predicted, actual);
  return right.reduce((sum, one) => sum + one, 0) / right.length;
}

/** [tokens] 1 where the prediction is right, for intervals; `<unk>` is never right. @throws ShapeError as above. */
export function rightTokens(predicted: ArrayLike<number>, actual: ArrayLike<number>): Uint8Array {
  if (predicted.length !== actual.length)
    throw new ShapeError(`rightTokens: expected [tokens=${actual.length}] predictions, received [${predicted.length}]`);
  return Uint8Array.from({ length: actual.length }, (_, i) =>
    Number(predicted[i] === actual[i] && actual[i] !== UNKNOWN_ID),
  );
}

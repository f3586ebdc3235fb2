export interface WorstExample {
  readonly index: number;
  readonly loss: number;
}

/**
 * The examples with the largest losses, the worst first; of equal ones the earlier. Fewer than
 * `count` if there are not as many.
 *
 * @param losses one an example, [count].
 * @throws RangeError for a loss that is NaN, or a count that is not a whole number from 0 up.
 */
export function worstExamples(losses: ArrayLike<number>, count: number): WorstExample[] {
  if (!(Number.isInteger(count) && count >= 0))
    throw new RangeError(`worstExamples count: expected a whole number from 0 up, received ${count}`);
  const examples = Array.from(losses, (loss, index): WorstExample => {
    if (Number.isNaN(loss)) throw new RangeError(`worstExamples: expected numbers, received NaN for example ${index}`);
    return { index, loss };
  });
  return examples.sort((a, b) => b.loss - a.loss).slice(0, count);
}

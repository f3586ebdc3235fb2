import { UserError } from "@course/core";
import type { SparseMatrix } from "./sparse-matrix.ts";

export interface PpmiOptions {
  readonly vocabularySize: number;
  /** Tokens on each side that count as context. */
  readonly window: number;
  /** Exponent on the contexts' shares: below 1 it takes weight off rare contexts. Default 0.75. */
  readonly smoothing?: number;
  /** An id to leave out, such as that of `<unk>`; its neighbours move together. */
  readonly skip?: number;
}

/**
 * Positive pointwise mutual information of words and the words around them (Levy, Goldberg & Dagan, 2015, section 2):
 * max(0, log(P(word, context) / (P(word) · P(context)))), with the contexts' shares P raised to `smoothing` and normed.
 *
 * @param ids [tokens] of one text.
 * @returns [vocabularySize, vocabularySize]
 * @throws UserError for a window that is no positive integer, or a text of fewer than two tokens.
 */
export function ppmi(ids: Int32Array, { vocabularySize, window, smoothing = 0.75, skip }: PpmiOptions): SparseMatrix {
  if (!Number.isInteger(window) || window < 1)
    throw new UserError(`PPMI: expected a window of 1 or more tokens, received ${window}`);
  const kept = ids.filter((id) => id !== skip);
  if (kept.length < 2) throw new UserError(`PPMI: expected a text of 2 or more tokens, received ${kept.length}`);
  const pairs = pairKeys(kept, window, vocabularySize).sort();
  const wordTotals = new Float64Array(vocabularySize);
  for (const key of pairs) wordTotals[Math.floor(key / vocabularySize)]! += 1;
  const smoothed = wordTotals.map((total) => total ** smoothing); // as often a context as a word: pairs are symmetric
  const smoothedTotal = smoothed.reduce((sum, value) => sum + value, 0);

  const starts = new Int32Array(vocabularySize + 1);
  const [columns, values] = [new Int32Array(pairs.length), new Float64Array(pairs.length)];
  let entries = 0;
  for (let start = 0, end = 0; start < pairs.length; start = end) {
    while (end < pairs.length && pairs[end] === pairs[start]) end++;
    const word = Math.floor(pairs[start]! / vocabularySize);
    const context = pairs[start]! - word * vocabularySize;
    const information = Math.log(((end - start) / wordTotals[word]!) * (smoothedTotal / smoothed[context]!));
    if (information <= 0) continue;
    columns[entries] = context;
    values[entries++] = information;
    starts[word + 1]! += 1;
  }
  for (let word = 0; word < vocabularySize; word++) starts[word + 1]! += starts[word]!;
  const shape = [vocabularySize, vocabularySize] as const;
  return { shape, starts, columns: columns.slice(0, entries), values: values.slice(0, entries) };
}

/** word · size + context for every two tokens at most `window` apart, both ways round. */
function pairKeys(ids: Int32Array, window: number, size: number): Float64Array {
  const reach = Math.min(window, ids.length - 1);
  const keys = new Float64Array(2 * (reach * ids.length - (reach * (reach + 1)) / 2));
  let count = 0;
  for (let i = 0; i < ids.length; i++)
    for (let j = i + 1; j <= i + reach && j < ids.length; j++) {
      keys[count++] = ids[i]! * size + ids[j]!;
      keys[count++] = ids[j]! * size + ids[i]!;
    }
  return keys;
}

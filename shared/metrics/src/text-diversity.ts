import { createNGramIds, type Tokens } from "./n-grams.ts";

/**
 * Distinct-n: distinct n-grams over all n-grams, all texts pooled, in (0, 1]; 1 where none occurs twice.
 * It falls as texts get longer: compare equal lengths only. (Li et al., 2016, divide by the number of
 * tokens instead; the number of n-grams, as most code does, lets the value reach 1.)
 *
 * @param texts each a list of tokens; one shorter than n adds nothing.
 * @throws RangeError if no text has n tokens.
 */
export function distinctN(texts: readonly Tokens[], n: number): number {
  const idsOf = createNGramIds("distinctN", n);
  const distinct = new Set<number>();
  let total = 0;
  for (const text of texts)
    for (const id of idsOf(text)) {
      distinct.add(id);
      total++;
    }
  assertAnyNGram("distinctN", total, n);
  return distinct.size / total;
}

/**
 * Share of n-grams that their own text has already had, in [0, 1): 0 without repetition, near 1 for a
 * loop such as "of the country of the country" (rep-n of Welleck et al., 2020, without its window).
 * Texts do not count against each other; n-grams, not texts, are averaged.
 *
 * @param texts each a list of tokens; one shorter than n adds nothing.
 * @throws RangeError if no text has n tokens.
 */
export function repetitionRate(texts: readonly Tokens[], n: number): number {
  const idsOf = createNGramIds("repetitionRate", n);
  let repeated = 0;
  let total = 0;
  for (const text of texts) {
    const ids = idsOf(text);
    repeated += ids.length - new Set(ids).size;
    total += ids.length;
  }
  assertAnyNGram("repetitionRate", total, n);
  return repeated / total;
}

function assertAnyNGram(where: string, total: number, n: number): void {
  if (total > 0) return;
  throw new RangeError(
    `${where} texts: expected a text of at least ${n} tokens, received none (a string instead of a list of tokens, ` +
      "or empty samples?)",
  );
}

import { assertPositiveInteger } from "./input-checks.ts";

/** One text: its words, characters or token ids. */
export type Tokens = ArrayLike<string | number>;

/** Gives each distinct n-gram one number, over all texts that it is asked about. */
export type NGramIds = (text: Tokens) => Float64Array;

/**
 * Numbers n-grams 0, 1, 2, … in order of first appearance. An (n + 1)-gram is its first n tokens' number and
 * one token more, so no text is ever joined to a string: ["a b"] and ["a", "b"] stay apart.
 *
 * @returns text [tokens] → [max(0, tokens − n + 1)] one number for each n-gram, in order.
 */
export function createNGramIds(where: string, n: number): NGramIds {
  assertPositiveInteger(`${where} n`, n);
  const tokenIds = new Map<string | number, number>();
  const idsByLength = Array.from({ length: n }, () => new Map<number, number>());
  return (text) => {
    const tokens = Float64Array.from({ length: text.length }, (_, i) => idIn(tokenIds, text[i]));
    let ids = tokens;
    for (let length = 2; length <= n; length++) {
      const count = Math.max(0, text.length - length + 1);
      const known = idsByLength[length - 1];
      ids = Float64Array.from({ length: count }, (_, i) => idIn(known, pair(ids[i], tokens[i + length - 1])));
    }
    return ids;
  };
}

/** The number of a key, a new one if it was never seen. */
function idIn<K>(known: Map<K, number>, key: K): number {
  const id = known.get(key);
  if (id !== undefined) return id;
  known.set(key, known.size);
  return known.size - 1;
}

/** One exact integer for two numbers below 2²⁶ (a Map holds no more than 2²⁴ keys, then throws). */
function pair(first: number, second: number): number {
  return first * 2 ** 26 + second;
}

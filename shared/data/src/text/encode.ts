import { UNKNOWN, type Vocabulary } from "./vocabulary.ts";

/** Tokens → ids [tokens.length]; a token that is not in the vocabulary becomes the id of `<unk>`. */
export function encode({ ids }: Vocabulary, tokens: readonly string[]): Int32Array {
  const unknown = ids.get(UNKNOWN)!;
  return Int32Array.from(tokens, (token) => ids.get(token) ?? unknown);
}

/** Ids → tokens. @throws RangeError for an id that the vocabulary does not have. */
export function decode({ tokens }: Vocabulary, ids: ArrayLike<number>): string[] {
  return Array.from(ids, (id, i) => {
    const token = tokens[id];
    if (token === undefined)
      throw new RangeError(
        `decode: expected ids from 0 to ${tokens.length - 1}, received ${id} at index ${i} (of another vocabulary?)`,
      );
    return token;
  });
}

/** Share of tokens that have an id of their own, in [0, 1]; NaN for no tokens. */
export function coverage({ ids }: Vocabulary, tokens: readonly string[]): number {
  return tokens.reduce((known, token) => known + Number(ids.has(token) && token !== UNKNOWN), 0) / tokens.length;
}

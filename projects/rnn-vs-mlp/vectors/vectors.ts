import { createHash } from "node:crypto";
import { type Random, UserError } from "@course/core";
import { buildVocabulary, countedVectors, encode } from "@course/data";
import { tf } from "@course/tf";

/** One vector for each word, which the models look up and never change. */
export interface Vectors {
  /** [words, dimension], row 0 for words that have none. */
  readonly values: Float32Array;
  readonly dimension: number;
  readonly words: readonly string[];
  /** Where they come from, for the user. */
  readonly source: string;
}

/** Vectors by counting alone, of the training text's words. */
export function countVectors(tokens: readonly string[], dimension: number, random: Random): Vectors {
  const vocabulary = buildVocabulary(tokens, { minCount: 5 });
  const vocabularySize = vocabulary.tokens.length;
  const kept = Math.min(dimension, vocabularySize);
  const sizes = { vocabularySize, window: 2, dimension: kept };
  const counted = countedVectors(encode(vocabulary, tokens), { ...sizes, skip: 0, random });
  return {
    values: standardise(counted, kept),
    dimension: kept,
    words: vocabulary.tokens,
    source: "PPMI + SVD of the training text",
  };
}

/** All vectors times one number, so that their entries have a mean square of 1, the scale that initial weights expect. */
export function standardise(values: Float32Array, dimension: number): Float32Array {
  const known = values.map((value, i) => (i < dimension ? 0 : value)); // row 0, unknown words: no meaning at all
  const squares = known.reduce((sum, value) => sum + value * value, 0);
  const scale = squares > 0 ? Math.sqrt((values.length - dimension) / squares) : 1;
  return known.map((value) => value * scale);
}

/** As a tensor [words, dimension]; not a variable: nothing trains it. */
export function vectorTable({ values, words, dimension }: Vectors): tf.Tensor2D {
  return tf.tensor2d(values, [words.length, dimension]);
}

/** Identifies the vectors and the text that is read with them: a run that goes on must find both as they were. */
export function hashOf({ values }: Vectors, textHash: string): string {
  return createHash("sha256").update(textHash).update(values).digest("hex");
}

/** Token → row; 0 for a token without a vector. */
export function rowsOf({ words }: Vectors): (token: string) => number {
  const rows = new Map(words.map((word, row) => [word, row]));
  return (token) => rows.get(token) ?? 0;
}

const LEAST = 0.8; // a few dozen words cover half of any English text; a text's own vocabulary covers nearly all of it

/** @throws UserError for vectors that know too little of the text: they are another vocabulary's */
export function assertCovers({ words, source }: Vectors, tokens: readonly string[]): void {
  const known = new Set(words);
  const share = tokens.reduce((sum, token) => sum + Number(known.has(token)), 0) / tokens.length;
  if (share >= LEAST) return;
  throw new UserError(
    `vectors (${source}): expected those of the text's vocabulary, received ${words.length} words that cover ` +
      `${(100 * share).toFixed(1)} of 100 tokens (of another text? train word-embeddings with the same --data and name no vectors, or take --vectors counted)`,
  );
}

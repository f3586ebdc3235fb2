import { createRandom } from "@course/core";
import {
  contextWindows,
  countedVectors,
  countNGrams,
  fitBackoffTable,
  fitKneserNey,
  tokenAccuracy,
} from "@course/data";
import { perplexity } from "@course/metrics";
import type { Corpus } from "../src/corpus.ts";

export interface CountBaselines {
  /** Share of next words that counting gets right, by rule. */
  readonly nextWord: Readonly<Record<string, number>>;
  /** Perplexity of the trigram with modified Kneser–Ney smoothing. */
  readonly perplexity: number;
  /** Share of words that the table of the word before and the word after gets right. */
  readonly between: number;
}

/** What counting reaches on the test split, with the same vocabulary. */
export function countBaselines({ ids, vocabulary }: Corpus): CountBaselines {
  const options = { vocabularySize: vocabulary.tokens.length, never: 0 };
  const accuracy = (around: { before: number; after: number }, levels: number[][], minSeen: number) => {
    const table = fitBackoffTable(contextWindows(ids.train, around), { ...options, levels, minSeen });
    const { contexts, targets } = contextWindows(ids.test, around);
    return tokenAccuracy(table.predict(contexts), targets);
  };
  const before = { before: 2, after: 0 };
  const smoothed = fitKneserNey(countNGrams(ids.train, { order: 3, ...options }), { fallback: [0.5, 1, 1.5] });
  const logProbabilities = smoothed.logProbabilities(ids.test);
  return {
    nextWord: {
      unigram: accuracy(before, [[]], 1),
      bigram: accuracy(before, [[1], []], 1),
      "trigram with backoff": accuracy(before, [[0, 1], [1], []], 2), // a pair seen once is no evidence
      "trigram, Kneser–Ney": tokenAccuracy(smoothed.predict(ids.test, { never: 0 }), ids.test),
    },
    perplexity: perplexity(-logProbabilities.reduce((sum, one) => sum + one, 0) / ids.test.length),
    between: accuracy({ before: 1, after: 1 }, [[0, 1], [0], []], 1),
  };
}

/** Word vectors by counting, with skip-gram's window; a small vocabulary has fewer dimensions than asked for. */
export function countVectors(
  { ids, vocabulary }: Corpus,
  { window, dimension }: { window: number; dimension: number },
): Float32Array {
  const vocabularySize = vocabulary.tokens.length;
  const sizes = { vocabularySize, window, dimension: Math.min(dimension, vocabularySize) };
  return countedVectors(ids.train, { ...sizes, skip: 0, random: createRandom("svd"), iterations: 2 });
}

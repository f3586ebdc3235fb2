import { UserError } from "@course/core";
import { type Corpus, countNGrams, fitKneserNey, joinTexts, type NGramCounts } from "@course/data";
import type { Config } from "../src/config.ts";

/** Tokens that the count model looks at, the predicted one included: longer ones cost memory and give little. */
const ORDERS = { word: 3, character: 6 };

/** Perplexity on the test of what counting alone reaches: one frequency for each token, and Kneser–Ney. */
export function baselines({ train, test, vocabulary }: Corpus, level: Config["level"]): Record<string, number> {
  const [training, testing] = [joinTexts(train), joinTexts(test)];
  const vocabularySize = vocabulary.tokens.length;
  const order = Math.min(ORDERS[level], training.length);
  const model = fit(countNGrams(training, { order, vocabularySize }), order);
  const unigram = (id: number) => Math.log((vocabulary.counts[id] + 1) / (training.length + vocabularySize));
  return {
    [`${level} frequencies`]: Math.exp(-mean(Float64Array.from(testing, unigram))),
    [`Kneser–Ney, order ${order}`]: Math.exp(-mean(model.logProbabilities(testing))),
  };
}

/** A short text may not have the n-grams that discounts are estimated from: then they are what is usual. */
function fit(counts: NGramCounts, order: number) {
  try {
    return fitKneserNey(counts);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return fitKneserNey(counts, { discounts: Array.from({ length: order }, () => [0.7, 1.1, 1.4] as const) });
  }
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

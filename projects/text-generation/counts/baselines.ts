import { type Corpus, countNGrams, fitKneserNey, joinTexts } from "@course/data";
import type { Config } from "../src/config.ts";

/** Tokens that the count model looks at, the predicted one included: of longer ones few are seen twice. */
const ORDERS = { word: 3, character: 8 };
/** Usual discounts, for the orders whose own cannot be estimated from a short text. */
const FALLBACK = [0.5, 1, 1.5] as const;

/** Perplexity on the test of what counting alone reaches: one frequency for each token, and Kneser–Ney. */
export function baselines(
  { train, test, vocabulary }: Pick<Corpus, "train" | "test" | "vocabulary">,
  level: Config["level"],
): Record<string, number> {
  const [training, testing] = [joinTexts(train), joinTexts(test)];
  const vocabularySize = vocabulary.tokens.length;
  const order = Math.min(ORDERS[level], training.length);
  const model = fitKneserNey(countNGrams(training, { order, vocabularySize }), { fallback: FALLBACK });
  const unigram = (id: number) => Math.log((vocabulary.counts[id] + 1) / (training.length + vocabularySize));
  return {
    [`${level} frequencies`]: Math.exp(-mean(Float64Array.from(testing, unigram))),
    [`Kneser–Ney, order ${order}`]: Math.exp(-mean(model.logProbabilities(testing))),
  };
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

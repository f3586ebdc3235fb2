import { createRandom } from "@course/core";
import { buildVocabulary, countNGrams, encode, fitKneserNey } from "@course/data";
import { tf, useBackend } from "@course/tf";
import { afterEach, expect, test } from "vitest";
import { baselines } from "../counts/baselines.ts";
import { countStart } from "../counts/start.ts";
import { evaluate } from "../src/evaluate.ts";
import { createNetwork } from "../src/model.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

const random = () => createRandom(1);
const draw = createRandom(2);
const WORDS = "the the the a cat dog sat .".split(" ");
const tokens = Array.from({ length: 400 }, () => draw.choice(WORDS));
const vocabulary = buildVocabulary(tokens);
const text = encode(vocabulary, tokens);

test("the bias is the logarithm of each share; a token that does not occur counts as one", () => {
  const { bias, vectors } = countStart(text, vocabulary, { dimension: 0, random: random() });
  expect(vectors).toBeUndefined();
  vocabulary.counts.forEach((count, id) => {
    expect(bias[id]).toBeCloseTo(Math.log(Math.max(1, count) / 400), 6);
  });
});

test("a network that starts so guesses by the frequencies: its loss is near their entropy", async () => {
  const start = countStart(text, vocabulary, { dimension: 4, random: random() });
  const sizes = {
    model: "lstm" as const,
    units: 4,
    embedding: 4,
    dropout: 0,
    vocabularySize: vocabulary.tokens.length,
  };
  const entropy = vocabulary.counts.slice(1).reduce((sum, count) => sum - (count / 400) * Math.log(count / 400), 0);
  const { loss } = await evaluate(createNetwork(sizes, random(), start), [text]);
  expect(Math.abs(loss - entropy)).toBeLessThan(0.05);
  expect((await evaluate(createNetwork(sizes, random()), [text])).loss).toBeGreaterThan(entropy + 0.2);
});

test("vectors are as small as a random start and the same for a seed; more numbers than words: none", () => {
  const { vectors } = countStart(text, vocabulary, { dimension: 4, random: random() });
  expect(vectors).toHaveLength(vocabulary.tokens.length * 4);
  expect(Math.sqrt(vectors!.reduce((sum, value) => sum + value * value, 0) / vectors!.length)).toBeCloseTo(0.1, 5);
  expect(countStart(text, vocabulary, { dimension: 4, random: random() }).vectors).toEqual(vectors);
  expect(countStart(text, vocabulary, { dimension: 99, random: random() }).vectors).toBeUndefined();
});

test("counting has a perplexity for the shortest text: orders whose discounts cannot be estimated take usual ones, the others keep theirs", () => {
  const four = "the cat sat .".split(" ");
  const own = buildVocabulary(four);
  const brief = baselines({ train: [encode(own, four)], test: [encode(own, ["sat", "the"])], vocabulary: own }, "word");
  expect(Object.keys(brief)).toEqual(["word frequencies", "Kneser–Ney, order 3"]);
  for (const perplexity of Object.values(brief)) expect(perplexity).toBeGreaterThan(1);

  const short = encode(vocabulary, four);
  const train = [text, Int32Array.of(1, 2)]; // six words: no 1-gram occurs once
  const joined = Int32Array.of(...text, 1, 2);
  const counts = countNGrams(joined, { order: 3, vocabularySize: vocabulary.tokens.length });
  expect(() => fitKneserNey(counts)).toThrow("expected 1-grams");
  const model = fitKneserNey(counts, { fallback: [0.5, 1, 1.5] });
  expect(model.discounts[2]).not.toEqual([0.5, 1, 1.5]);
  const loss = -model.logProbabilities(short).reduce((sum, one) => sum + one, 0) / short.length;
  expect(baselines({ train, test: [short], vocabulary }, "word")["Kneser–Ney, order 3"]).toBeCloseTo(Math.exp(loss), 9);
});

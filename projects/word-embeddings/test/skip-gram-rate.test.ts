import { createRandom } from "@course/core";
import { buildVocabulary, encode } from "@course/data";
import { expect, test } from "vitest";
import { createSkipGramLearner } from "../learners/skip-gram-learner.ts";
import { config } from "../src/config.ts";
import type { Corpus } from "../src/corpus.ts";

const tokens = Array.from({ length: 400 }, (_, i) => ["the", "cat", "sat", "down"][((i * 7) % 11) % 4]!);
const vocabulary = buildVocabulary(tokens, { minCount: 1 });
const text = encode(vocabulary, tokens);
const corpus = { vocabulary, ids: { train: text, validation: text, test: text } } as unknown as Corpus;

async function learn(skipGramRate: number): Promise<number[]> {
  const settings = config.parse({ skipGramRate, dimension: 4, sample: 1 });
  const learner = await createSkipGramLearner({ corpus, config: settings, random: createRandom(1) });
  const moment = { epoch: 1, rate: settings.learningRate, random: createRandom(2) }; // the highest
  for (let step = 0; step < 3; step++) learner.learn(Uint32Array.from(text.keys()), moment);
  return [...learner.vectors()];
}

test("a given rate is taken, however high; 0 is the most that the steps on few words bear", async () => {
  const [careful, again, high, higher] = [await learn(0), await learn(0), await learn(0.05), await learn(0.1)];
  expect(again).toEqual(careful);
  expect(high).not.toEqual(careful); // four words: a group has many steps on each, and 0.05 is above what they bear
  expect(higher).not.toEqual(high);
});

// Words that skip-gram alone reads a second on one thread, beside gensim's of gensim.json, into speed.json: node study/speed.ts
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { createRandom, exitOnUserError } from "@course/core";
import { batches } from "@course/data";
import { useBackend } from "@course/tf";
import { createSkipGramLearner } from "../learners/skip-gram-learner.ts";
import { config } from "../src/config.ts";
import { loadCorpus } from "../src/corpus.ts";

const EPOCHS = 3;

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

await exitOnUserError(async () => {
  const settings = config.parse({});
  await useBackend("auto", { threads: 1 });
  const corpus = await loadCorpus(settings, {});
  const random = createRandom(1);
  const learner = await createSkipGramLearner({ corpus, config: settings, random });
  const rates = Array.from({ length: EPOCHS }, (_, epoch) => {
    const started = performance.now();
    for (const indices of batches(learner.places, settings.batchSize, random.stream(`epoch ${epoch}`)))
      learner.learn(indices, { epoch: epoch + 1, rate: settings.learningRate, random });
    return Math.round((1000 * learner.places) / (performance.now() - started));
  });
  const peer = JSON.parse(readFileSync(new URL("gensim.json", import.meta.url), "utf8"));
  const ours = median(rates);
  const gensim = median(peer.runs.map(({ wordsPerSecond }: { wordsPerSecond: number }) => wordsPerSecond));
  const result = { machine: cpus()[0]?.model, node: process.version, epochs: EPOCHS, ours, gensim }; // medians
  writeFileSync(new URL("speed.json", import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${ours} words a second; gensim's median is ${(gensim / ours).toFixed(2)} times that`);
});

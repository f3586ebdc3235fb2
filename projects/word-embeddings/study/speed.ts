// Words that skip-gram alone reads in a second of one processor, beside gensim's of gensim.json, into speed.json:
// node study/speed.ts. Both are seconds of processor time: a busy machine slows neither more than the other.

import { cpus } from "node:os";
import { join } from "node:path";
import { createRandom, exitOnUserError } from "@course/core";
import { batches } from "@course/data";
import { useBackend } from "@course/tf";
import { parsePathsAndFlags, readJson, writeJson } from "@course/train";
import { createSkipGramLearner } from "../learners/skip-gram-learner.ts";
import { config } from "../src/config.ts";
import { loadCorpus } from "../src/corpus.ts";

const EPOCHS = 3;

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Of this process, its threads included. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

await exitOnUserError(async () => {
  parsePathsAndFlags(process.argv.slice(2), {
    call: "node study/speed.ts",
    does: "Measures how many words skip-gram reads in a second of one processor, and writes study/speed.json anew.",
    flags: {},
  });
  const settings = config.parse({});
  await useBackend("auto", { threads: 1 });
  const corpus = await loadCorpus(settings, {});
  const random = createRandom(1);
  const learner = await createSkipGramLearner({ corpus, config: settings, random });
  const rates = Array.from({ length: EPOCHS }, (_, epoch) => {
    const started = processorSeconds();
    for (const indices of batches(learner.places, settings.batchSize, random.stream(`epoch ${epoch}`)))
      learner.learn(indices, { epoch: epoch + 1, rate: settings.learningRate, random });
    return Math.round(learner.places / (processorSeconds() - started));
  });
  const peer = readJson(join(import.meta.dirname, "gensim.json")) as { runs: { wordsPerSecond: number }[] };
  const ours = median(rates);
  const gensim = median(peer.runs.map(({ wordsPerSecond }) => wordsPerSecond));
  const result = { machine: cpus()[0]?.model, node: process.version, epochs: EPOCHS, ours, gensim }; // medians
  writeJson(join(import.meta.dirname, "speed.json"), result);
  console.log(`${ours} words a second; gensim's median is ${(gensim / ours).toFixed(2)} times that`);
});

// Three next-word networks on the same batches; the validation split chooses, and only the chosen one reads the test.
import { join } from "node:path";
import { createRandom, exitOnUserError } from "@course/core";
import { batches } from "@course/data";
import { perplexity } from "@course/metrics";
import { useBackend } from "@course/tf";
import { cosine, writeJson } from "@course/train";
import { createGuesser } from "../learners/guesser.ts";
import { config } from "../src/config.ts";
import { loadCorpus } from "../src/corpus.ts";
import { readFlags } from "./flags.ts";

const SIZES = [
  { dimension: 64, hidden: [] },
  { dimension: 128, hidden: [256] },
  { dimension: 128, hidden: [256, 256] },
];

await exitOnUserError(async () => {
  const { epochs, seed, limit } = readFlags(process.argv.slice(2));
  await useBackend();
  const base = config.parse({ epochs, limit, validateEvery: 1 });
  const corpus = await loadCorpus(base, {});
  const networks = SIZES.map((size) => {
    const random = createRandom(seed);
    return {
      size,
      guesser: createGuesser("nextWord", { before: base.before }, { corpus, config: { ...base, ...size }, random }),
    };
  });
  const count = networks[0]!.guesser.places;
  const rate = cosine(base.learningRate, { steps: epochs * Math.ceil(count / base.batchSize) });
  const seconds = SIZES.map(() => 0);
  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch++)
    for (const indices of batches(count, base.batchSize, createRandom(`${seed}/${epoch}`))) {
      for (const [i, { guesser }] of networks.entries()) {
        const start = performance.now();
        guesser.learn(indices, { epoch, rate: rate(step), random: createRandom(`${seed}/step/${step}`) });
        seconds[i]! += (performance.now() - start) / 1000;
      }
      step++;
    }
  const rows = networks.map(({ size, guesser }, i) => {
    const { loss, accuracy } = guesser.validate();
    return {
      ...size,
      parameters: guesser.parameters,
      seconds: Math.round(seconds[i]!),
      validation: { perplexity: perplexity(loss), accuracy },
    };
  });
  const chosen = rows.reduce(
    (best, row, i) => (row.validation.perplexity < rows[best]!.validation.perplexity ? i : best),
    0,
  );
  const { loss, accuracy } = networks[chosen]!.guesser.test();
  const result = { epochs, seed, limit, rows, chosen, test: { perplexity: perplexity(loss), accuracy } };
  if (limit === 0) writeJson(join(import.meta.dirname, "three-networks.json"), result);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
});

import { leakGuard, useBackend } from "@course/tf";
import { defineExperiment, runExperiment, warmCosine } from "@course/train";
import { createLearners, validate } from "../learners/create-learners.ts";
import { countBaselines } from "../report/baselines.ts";
import { writeReport } from "../report/report.ts";
import { config } from "./config.ts";
import { loadCorpus } from "./corpus.ts";

const experiment = defineExperiment({
  name: "word-embeddings",
  task: "turn words into vectors by guessing words from their neighbours",
  config,
  presets: {
    smoke: { epochs: 1, limit: 6000, minCount: 3, dimension: 16, hidden: [32], drawn: 100, fullEpochs: 0 },
    full: { epochs: 8, dimension: 192, hidden: [384], dropout: 0.25, fullEpochs: 1 },
  },
  monitor: { metric: "validation/loss", mode: "min" },
  reference: { metric: "test/nextWord", value: 0.1865, source: "PyTorch 2.15, three words before, one thread" },
  backends: ["auto", "wasm", "native", "cpu"],
  async run(config, run) {
    const backend = await useBackend(run.backend);
    const corpus = await loadCorpus(config, { dataFolder: run.dataFolder, onProgress: run.onProgress });
    const { validation, test } = corpus.ids;
    const { provenance } = corpus;
    const baselines = countBaselines(corpus); // before training: a text that is too short for them ends the run here

    const { learners, guessers } = await createLearners({ corpus, config, random: run.random });
    const all = Object.entries(learners);
    const count = Math.min(...all.map(([, { places }]) => places)); // the first words have no whole context
    run.useDataset({ provenance, train: count, validation: validation.length, test: test.length });
    const parameters = all.reduce((sum, [, learner]) => sum + learner.parameters, 0);
    run.describe({ parameters, backend: backend.text });
    run.probe({ trainingOnly: ["dropout", "sampled softmax"] });
    run.track(Object.assign({}, ...all.map(([, { parts }]) => parts)));

    const guard = leakGuard();
    const steps = config.epochs * Math.ceil(count / config.batchSize);
    const schedule = warmCosine(config.learningRate, { steps, warmup: 0.02 }); // Adam's first steps are large
    for (const epoch of run.epochs(config.epochs)) {
      for await (const indices of run.batches(count, config.batchSize)) {
        const moment = { epoch, rate: run.rate(schedule), random: run.stepRandom() };
        const losses = all.map(([name, learner]) => [name, learner.learn(indices, moment)] as const);
        const loss = losses.reduce((sum, [, one]) => sum + one, 0);
        run.step({ ...Object.fromEntries(losses), loss }, indices.length);
      }
      run.endEpoch(validate(learners));
      guard.check(`epoch ${epoch}`);
    }
    // the last weights, not the best epoch's: the rate has fallen to 0
    return writeReport(run, { corpus, config, guessers, learners, baselines });
  },
});

export default experiment;
if (import.meta.main) await runExperiment(experiment);

import { join } from "node:path";
import { type Corpus, joinTexts, saveVocabulary, type Vocabulary } from "@course/data";
import { adamw, leakGuard, saveable, saveableOptimizer, setLearningRate, tf, useBackend } from "@course/tf";
import { defineExperiment, oneCycle, type Run, runExperiment, writeJson } from "@course/train";
import { baselines } from "../counts/baselines.ts";
import { countStart } from "../counts/start.ts";
import { drawFigures } from "../generate/report.ts";
import { drawCandidates } from "./candidates.ts";
import { config, planOf } from "./config.ts";
import { loadCorpus } from "./data.ts";
import { evaluate } from "./evaluate.ts";
import { createNetwork } from "./model.ts";
import { trainStep } from "./step.ts";
import { arrangeStreams } from "./streams.ts";

const CHARACTERS = { metric: "test/perplexity", value: Math.exp(1.259), source: "PyTorch 2.15, LSTM 512, 5 minutes" };

const experiment = defineExperiment({
  name: "text-generation",
  task: "learn to write from novels: a recurrent network predicts the next word, or the next character",
  config,
  presets: {
    smoke: { limit: 20_000, units: 16, batchSize: 8, epochs: 1 },
    full: { length: "long" },
    gru: { model: "gru" },
    characters: { level: "character" },
    "characters-gru": { level: "character", model: "gru" },
    "characters-full": { level: "character", length: "long" },
  },
  monitor: { metric: "validation/loss", mode: "min" },
  reference: { metric: "test/perplexity", value: 64.3, source: "PyTorch 2.15, tied LSTM 256, one thread" },
  references: {
    characters: CHARACTERS,
    "characters-gru": CHARACTERS,
    "characters-full": {
      metric: "test/perplexity",
      value: Math.exp(1.165),
      source: "PyTorch 2.15, LSTM 512, 15 minutes",
    },
  },
  backends: ["auto", "wasm", "native", "cpu"],
  async run(config, run) {
    const backend = await useBackend(run.backend);
    const corpus = await loadCorpus(config, { dataFolder: run.dataFolder, onProgress: run.onProgress });
    const plan = planOf(config);
    introduce(run, corpus);
    const counted = baselines(corpus, config.level);

    const vocabularySize = corpus.vocabulary.tokens.length;
    const text = joinTexts(corpus.train);
    const dimension = config.level === "word" ? plan.embedding : 0;
    const start = countStart(text, corpus.vocabulary, { dimension, random: run.random.stream("vectors") });
    const network = createNetwork({ ...config, ...plan, vocabularySize }, run.random.stream("weights"), start);
    const parameters = network.variables.reduce((sum, { size }) => sum + size, 0);
    run.describe({ parameters, backend: backend.text });
    writeJson(join(run.folder, "vocabulary.json"), saveVocabulary(corpus.vocabulary));

    const { batch, windows } = arrangeStreams(corpus.train, plan);
    const memory = Array.from({ length: network.states }, () => tf.variable(tf.zeros([batch, plan.units]), false));
    const optimizer = adamw({ learningRate: plan.learningRate, weightDecay: 0.01 });
    const tracked = { model: saveable(network.variables), memory: saveable(memory) };
    run.track({ ...tracked, optimizer: saveableOptimizer(optimizer) });

    const guard = leakGuard();
    const pause = () => run.pause(); // in which Ctrl-C is heard
    const steps = plan.epochs * windows;
    const schedule = oneCycle(plan.learningRate, { steps, riseFraction: 0.1 });
    const sampling = { text, shares: sharesOf(corpus.vocabulary), draws: plan.draws };
    const sample = (targets: Int32Array) => drawCandidates(targets, { ...sampling, random: run.stepRandom() });
    for (const epoch of run.epochs(plan.epochs)) {
      const streams = arrangeStreams(run.random.stream(`texts/${epoch}`).shuffle([...corpus.train]), plan);
      for await (const [window] of run.batches(windows, 1, { inOrder: true })) {
        setLearningRate(optimizer, run.rate(schedule));
        const isSampled = plan.draws > 0 && run.steps < plan.sampled * steps;
        const options = { window, step: run.steps, sample: isSampled ? sample : undefined };
        const loss = trainStep({ network, optimizer, memory }, streams, options);
        run.step({ loss }, batch * plan.time);
      }
      const { loss, accuracy } = await evaluate(network, corpus.validation, pause);
      run.endEpoch({
        "validation/loss": loss,
        "validation/perplexity": Math.exp(loss),
        "validation/accuracy": accuracy,
      });
      guard.check(`epoch ${epoch}`);
    }
    const best = run.restoreBest();
    const { loss, accuracy } = await evaluate(network, corpus.test, pause);
    await drawFigures(run, { network, corpus, level: config.level });
    const test = { "test/perplexity": Math.exp(loss), "test/loss": loss, "test/accuracy": accuracy };
    return { metrics: { ...test, "validation/perplexity": Math.exp(best.value) }, baselines: counted };
  },
});

/** Of each token in the training text; one that does not occur (`<unk>` of characters) counts as once. */
function sharesOf({ counts, total }: Vocabulary): Float64Array {
  return Float64Array.from(counts, (count) => Math.max(1, count) / total);
}

/** Tells the run, and the doctor that watches it, about the data. */
function introduce(run: Run, { train, validation, test, provenance, vocabulary }: Corpus): void {
  const count = (texts: readonly Int32Array[]) => texts.reduce((sum, { length }) => sum + length, 0);
  run.useDataset({ provenance, train: count(train), validation: count(validation), test: count(test) });
  run.probe({ task: { kind: "classification", numClasses: vocabulary.tokens.length }, trainingOnly: ["dropout"] });
}

export default experiment;
if (import.meta.main) await runExperiment(experiment);

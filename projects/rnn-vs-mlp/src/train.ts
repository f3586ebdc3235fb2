import { loadTexts, type Provenance } from "@course/data";
import { accuracy } from "@course/metrics";
import { adamw, leakGuard, setLearningRate, useBackend } from "@course/tf";
import { defineExperiment, type Run, runExperiment, warmCosine } from "@course/train";
import { type Contestant, tracked } from "../report/contestant.ts";
import { reportResults } from "../report/report.ts";
import { COUNTED } from "../vectors/read-vectors.ts";
import { vectorsOf } from "../vectors/run-vectors.ts";
import { hashOf, rowsOf, vectorTable } from "../vectors/vectors.ts";
import { config, MODELS } from "./config.ts";
import { type Splits, takeExamples, toExamples, tokensOf } from "./data.ts";
import { predict } from "./evaluate.ts";
import { createModel } from "./models.ts";
import { trainStep } from "./step.ts";

const experiment = defineExperiment({
  name: "rnn-vs-mlp",
  task: "which form of be or have stands in the gap: perceptrons, recurrent networks and attention side by side",
  config,
  presets: {
    smoke: { limit: 30_000, epochs: 1, vectors: COUNTED, dimension: 16, hidden: 16, units: 8 },
    full: { epochs: 6 },
  },
  monitor: { metric: "validation/accuracy", mode: "max" },
  reference: { metric: "test/accuracy", value: 0.761, source: "PyTorch 2.15, two GRUs on skip-gram vectors" },
  backends: ["auto", "wasm", "native", "cpu"],
  async run(config, run) {
    const backend = await useBackend(run.backend);
    const texts = await loadTexts({ dataFolder: run.dataFolder, onProgress: run.onProgress });
    const tokens = tokensOf(texts, config.limit);
    const vectors = vectorsOf(run, { tokens: tokens.train, hash: texts.provenance.sha256 }, config);
    const splits = toExamples(tokens, config.context, rowsOf(vectors));
    introduce(run, splits, { ...texts.provenance, sha256: hashOf(vectors, texts.provenance.sha256) });

    const table = vectorTable(vectors);
    const names = config.model === "all" ? MODELS : [config.model];
    const contestants = names.map((name): Contestant => {
      const sizes = { ...config, dimension: vectors.dimension };
      const model = createModel(name, sizes, run.random.stream(`weights/${name}`));
      const optimizer = adamw({ learningRate: config.learningRate, weightDecay: 0.01 });
      return { model, optimizer, table, clock: { seconds: 0 } };
    });
    const parameters = contestants.flatMap(({ model }) => model.variables).reduce((sum, { size }) => sum + size, 0);
    run.describe({ parameters, backend: `${backend.text}; vectors: ${vectors.source}` });
    run.track(tracked(contestants));

    const guard = leakGuard();
    const { train, validation } = splits;
    const steps = config.epochs * Math.ceil(train.count / config.batchSize);
    const schedule = warmCosine(config.learningRate, { steps, warmup: config.warmup });
    for (const epoch of run.epochs(config.epochs)) {
      for await (const indices of run.batches(train.count, config.batchSize)) {
        const batch = takeExamples(train, indices);
        const rate = run.rate(schedule);
        const losses = contestants.map((contestant) => {
          const started = performance.now();
          setLearningRate(contestant.optimizer, rate);
          const loss = trainStep(contestant, batch, run.steps);
          contestant.clock.seconds += (performance.now() - started) / 1000;
          return [contestant.model.name, loss] as const;
        });
        const loss = losses.reduce((sum, [, one]) => sum + one, 0) / losses.length;
        run.step({ loss, ...Object.fromEntries(losses) }, indices.length);
      }
      const reached = contestants.map(
        ({ model }) => [model.name, accuracy(predict(model, table, validation), validation.labels)] as const,
      );
      const own = Object.fromEntries(reached.map(([name, value]) => [`validation/${name}`, value]));
      run.endEpoch({ "validation/accuracy": Math.max(...reached.map(([, value]) => value)), ...own });
      guard.check(`epoch ${epoch}`);
    }
    // The last weights, not the best epoch's: the rate has fallen to 0.
    return reportResults(run, contestants, {
      ...splits,
      words: vectors.words.length,
      examples: train.count * config.epochs,
    });
  },
});

/** Tells the run, and the doctor that watches it, about the data. */
function introduce(run: Run, { train, validation, test }: Splits, provenance: Provenance): void {
  run.useDataset({ provenance, train: train.count, validation: validation.count, test: test.count });
  const labels = { train: train.labels, validation: validation.labels, test: test.labels };
  run.probe({ task: { kind: "classification", numClasses: 12 }, labels, trainingOnly: ["dropout"] });
}

export default experiment;
if (import.meta.main) await runExperiment(experiment);

import { findLeaks, gatherImages, takeImages } from "@course/data";
import { majorityBaselineAccuracy } from "@course/metrics";
import {
  layerProbe,
  layersOf,
  leakGuard,
  saveable,
  saveableOptimizer,
  setLearningRate,
  tf,
  useBackend,
} from "@course/tf";
import { cosine, defineExperiment, type Outcome, type Run, runExperiment } from "@course/train";
import { drawFigures } from "../report/figures.ts";
import { augment } from "./augment.ts";
import { CLOTHES, type Config, config, FULL } from "./config.ts";
import { loadSplits, type Splits } from "./data.ts";
import { evaluate } from "./evaluate.ts";
import { buildCnn } from "./model.ts";
import { loadNetwork, saveNetwork } from "./save.ts";
import { crossEntropy, OPTIMIZERS, trainStep } from "./step.ts";

const experiment = defineExperiment({
  name: "mnist-cnn",
  task: "read digits, or tell clothes or your own pictures apart, with a convolutional network",
  config,
  presets: {
    smoke: { epochs: 2, limit: 500, hidden: 128 },
    full: FULL,
    fashion: CLOTHES,
  },
  monitor: { metric: "validation/accuracy", mode: "max" },
  reference: { metric: "test/accuracy", value: 0.992, source: "PyTorch 2.15, 10,000 digits with augmentation" },
  references: {
    fashion: { metric: "test/accuracy", value: 0.9255, source: "PyTorch 2.15, batch norm and erasing, 11 epochs" },
  },
  backends: ["auto", "wasm", "native", "cpu"],
  async run(config, run) {
    const { backend, threads, vectorWidth = "no own" } = await useBackend(run.backend);
    const options = { dataFolder: run.dataFolder, onProgress: run.onProgress, limit: config.limit || undefined };
    const splits = await loadSplits(config, run.random.stream("split"), options);
    const { train, validation } = splits;
    const [count, ...inputShape] = train.shape;
    introduce(run, splits);

    const architecture = { ...config, inputShape, numClasses: train.classes.length };
    const model = buildCnn(architecture, run.random.stream("weights").integer(0, 2 ** 31));
    const optimizer = OPTIMIZERS[config.optimizer](config.learningRate);
    const engine = `${backend}, threads: ${threads}, kernels: ${vectorWidth} bits`;
    run.describe({ parameters: model.countParams(), backend: engine, layers: layersOf(model) });
    run.track({ model: saveable(model), optimizer: saveableOptimizer(optimizer) });

    const { x, y: labels } = gatherImages(train, Array.from(validation.labels.keys()).slice(0, 32));
    const inputs = () => tf.tensor(x, [labels.length, ...inputShape]);
    const loss = (logits: tf.Tensor) => crossEntropy(logits as tf.Tensor2D, labels, config.labelSmoothing);
    run.probe({ layers: layerProbe(model, { inputs, loss }) });

    const guard = leakGuard();
    const trainSample = takeImages(train, Array.from(validation.labels.keys())); // as many as validate
    const rate = cosine(config.learningRate, { steps: config.epochs * Math.ceil(count / config.batchSize) });
    for (const epoch of run.epochs(config.epochs)) {
      for await (const indices of run.batches(count, config.batchSize)) {
        setLearningRate(optimizer, run.rate(rate));
        const { x, y: labels } = gatherImages(train, indices); // bytes become floats here
        const images = augment(config.augment, x, inputShape, run.stepRandom());
        const loss = trainStep(model, optimizer, { images, labels, smoothing: config.labelSmoothing });
        images.dispose();
        run.step({ loss }, indices.length);
      }
      const { loss, accuracy } = evaluate(model, validation);
      const seen = evaluate(model, trainSample).accuracy;
      run.endEpoch({ "train/accuracy": seen, "validation/accuracy": accuracy, "validation/loss": loss });
      guard.check(`epoch ${epoch}`);
    }
    // The last weights, not the best epoch's: the rate has fallen to 0, and 500 images cannot tell the last epochs apart.
    await saveNetwork({ model, classes: train.classes, dataset: config.dataset }, architecture, run.folder);
    return testNetwork(run, splits, config.augment);
  },
});

/** Tells the run, and the doctor that watches it, about the data. */
function introduce(run: Run, { train, validation, test, provenance }: Splits): void {
  run.useDataset({ provenance, train: train.shape[0], validation: validation.shape[0], test: test.shape[0] });
  run.probe({
    task: { kind: "classification", numClasses: train.classes.length },
    duplicates: { "train and validation": findLeaks(train, validation), "train and test": findLeaks(train, test) },
    trainingOnly: ["dropout", "augmentation", "label smoothing"],
  });
}

/** The run's network, as it is loaded back, on the test images. */
async function testNetwork(run: Run, splits: Splits, kind: Config["augment"]): Promise<Outcome> {
  const { train, test } = splits;
  const { model } = await loadNetwork(run.folder);
  const result = evaluate(model, test);
  await drawFigures(run, { ...splits, model, result, kind });
  return {
    metrics: { "test/accuracy": result.accuracy, "test/loss": result.loss },
    baselines: { "majority class": majorityBaselineAccuracy(train.labels, test.labels) },
  };
}

export default experiment;
if (import.meta.main) await runExperiment(experiment);

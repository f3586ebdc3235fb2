import { join } from "node:path";
import { findLeaks, gatherImages } from "@course/data";
import { majorityBaselineAccuracy } from "@course/metrics";
import { leakGuard, saveable, saveableOptimizer, saveModel, setLearningRate, tf, useBackend } from "@course/tf";
import { cosine, defineExperiment, type Run, resolveUserPath, runExperiment } from "@course/train";
import { explainTestImages } from "../study/explain-test.ts";
import { type Config, config } from "./config.ts";
import { loadSplits, type Splits } from "./data.ts";
import { buildNetwork, evaluate, openNetwork } from "./network.ts";

const experiment = defineExperiment({
  name: "grad-cam",
  task: "show where a convolutional network looks, and measure how far the maps can be trusted",
  config,
  presets: {
    smoke: { epochs: 1, limit: 400, features: [8, 16], images: 20, steps: 14, stride: 7 },
    full: { epochs: 20, images: 1000 },
  },
  monitor: { metric: "validation/accuracy", mode: "max" },
  backends: ["auto", "wasm", "native", "cpu"],
  async run(config, run) {
    const { backend, threads } = await useBackend(run.backend);
    run.describe({ parameters: 0, backend: `${backend}, threads: ${threads}` });
    const saved = config.model === "" ? undefined : await openNetwork(resolveUserPath(config.model));
    const options = { dataFolder: run.dataFolder, onProgress: run.onProgress, limit: config.limit || undefined };
    const dataset = saved?.dataset || config.dataset;
    const splits = await loadSplits(dataset, run.random.stream("split"), options);
    const { train, validation, test, provenance } = splits;
    run.useDataset({ provenance, train: train.shape[0], validation: validation.shape[0], test: test.shape[0] });
    const network = saved ?? { ...(await trainNetwork(config, run, splits)), classes: train.classes, dataset };
    run.describe({ parameters: network.model.countParams() });
    return {
      metrics: await explainTestImages(run, config, { network, splits }),
      baselines: { "majority class": majorityBaselineAccuracy(train.labels, test.labels) },
    };
  },
});

/** A small network, for whom has none to explain. */
async function trainNetwork(
  config: Config,
  run: Run,
  { train, validation, test }: Splits,
): Promise<{ model: tf.LayersModel }> {
  const [count, ...size] = train.shape;
  const numClasses = train.classes.length;
  const model = buildNetwork(size, config.features, {
    numClasses,
    seed: run.random.stream("weights").integer(1, 2 ** 31),
  });
  const optimizer = tf.train.adam(config.learningRate);
  run.probe({
    task: { kind: "classification", numClasses },
    duplicates: { "train and test": findLeaks(train, test) },
  });
  run.track({ model: saveable(model), optimizer: saveableOptimizer(optimizer) });
  const guard = leakGuard();
  const schedule = cosine(config.learningRate, { steps: config.epochs * Math.ceil(count / config.batchSize) });
  for (const epoch of run.epochs(config.epochs)) {
    for await (const indices of run.batches(count, config.batchSize)) {
      setLearningRate(optimizer, run.rate(schedule));
      const { x, y } = gatherImages(train, indices);
      const loss = tf.tidy(() => {
        const [images, labels] = [tf.tensor(x, [y.length, ...size]), tf.oneHot(tf.tensor1d(y, "int32"), numClasses)];
        const cost = () =>
          tf.losses.softmaxCrossEntropy(labels, model.apply(images, { training: true }) as tf.Tensor) as tf.Scalar;
        return optimizer.minimize(cost, true)!.dataSync()[0];
      });
      run.step({ loss }, indices.length);
    }
    const { loss, accuracy } = evaluate(model, validation);
    run.endEpoch({ "validation/accuracy": accuracy, "validation/loss": loss });
    guard.check(`epoch ${epoch}`);
  }
  model.setUserDefinedMetadata({ classes: train.classes, dataset: config.dataset });
  await saveModel(model, join(run.folder, "model"));
  return { model };
}

export default experiment;
if (import.meta.main) await runExperiment(experiment);

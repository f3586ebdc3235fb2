import { join } from "node:path";
import { findLeaks, gatherImages, type ImageSplits } from "@course/data";
import { leakGuard, saveable, saveableOptimizer, saveModel, setLearningRate, tf } from "@course/tf";
import { cosine, type Run } from "@course/train";
import type { Config } from "../src/config.ts";
import { buildNetwork } from "./build.ts";
import { evaluate } from "./evaluate.ts";

/** A small network, for whom has none to explain. */
export async function trainNetwork(
  config: Config,
  run: Run,
  { train, validation, test }: ImageSplits,
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

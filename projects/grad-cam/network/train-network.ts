import { join } from "node:path";
import { UserError } from "@course/core";
import { findLeaks, gatherImages, type ImageSplits } from "@course/data";
import { leakGuard, saveable, saveableOptimizer, saveModel, setLearningRate, tf } from "@course/tf";
import { cosine, type Run } from "@course/train";
import type { Config } from "../src/config.ts";
import { buildNetwork } from "./build.ts";
import { evaluate } from "./evaluate.ts";
import type { Network } from "./saved-network.ts";

/** A small network, for whom has none to explain; not trained yet. */
export function newNetwork({ dataset, features }: Config, run: Run, { train }: ImageSplits): Network {
  const { shape, classes } = train;
  const deepest = 1 + Math.floor(Math.log2(Math.min(shape[1], shape[2]))); // each but the first halves the maps
  if (features.length > deepest)
    throw new UserError(
      `--features: expected at most ${deepest} convolutions, received ${features.length}: nothing would be left of images of ${shape[1]}×${shape[2]}`,
    );
  const seed = run.random.stream("weights").integer(1, 2 ** 31);
  return { model: buildNetwork(shape.slice(1), features, { numClasses: classes.length, seed }), classes, dataset };
}

/** Trains it, and saves it into the run's folder. */
export async function trainNetwork(
  config: Config,
  run: Run,
  { network: { model, classes, dataset }, splits }: { network: Network; splits: ImageSplits },
): Promise<void> {
  const { train, validation, test } = splits;
  const [count, ...size] = train.shape;
  const numClasses = classes.length;
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
  model.setUserDefinedMetadata({ classes, dataset });
  await saveModel(model, join(run.folder, "model"));
}

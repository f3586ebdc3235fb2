import { createRandom } from "@course/core";
import { batches, gatherImages } from "@course/data";
import { setLearningRate } from "@course/tf";
import { cosine } from "@course/train";
import { augment } from "../src/augment.ts";
import type { Config } from "../src/config.ts";
import type { Splits } from "../src/data.ts";
import { evaluate } from "../src/evaluate.ts";
import { buildCnn } from "../src/model.ts";
import { OPTIMIZERS, trainStep } from "../src/step.ts";

export interface Measured {
  readonly parameters: number;
  readonly validationAccuracy: number;
  readonly validationLoss: number;
  /** Wall-clock, of training alone. */
  readonly seconds: number;
}

/** One training with these settings. Seeds give each variant the same order of images. The test images are never read. */
export function trainOne(config: Config, seed: number, { train, validation }: Splits): Measured {
  const random = createRandom(seed);
  const [count, ...inputShape] = train.shape;
  const architecture = { ...config, inputShape, numClasses: train.classes.length };
  const model = buildCnn(architecture, random.stream("weights").integer(0, 2 ** 31));
  const optimizer = OPTIMIZERS[config.optimizer](config.learningRate);
  const rate = cosine(config.learningRate, { steps: config.epochs * Math.ceil(count / config.batchSize) });
  const began = performance.now();
  let step = 0;
  for (let epoch = 1; epoch <= config.epochs; epoch++) {
    for (const indices of batches(count, config.batchSize, random.stream(`shuffle/${epoch}`))) {
      setLearningRate(optimizer, rate(step));
      const { x, y: labels } = gatherImages(train, indices);
      const images = augment(config.augment, x, inputShape, random.stream(`step/${step++}`));
      trainStep(model, optimizer, { images, labels, smoothing: config.labelSmoothing });
      images.dispose();
    }
  }
  const seconds = (performance.now() - began) / 1000;
  const { accuracy, loss } = evaluate(model, validation);
  const parameters = model.countParams();
  model.dispose();
  optimizer.dispose();
  return { parameters, validationAccuracy: accuracy, validationLoss: loss, seconds };
}

import { createRandom, type Random } from "@course/core";
import { batches, type ImageSet } from "@course/data";
import { type Splits, toBatch } from "../src/data.ts";
import { evaluate } from "../src/evaluate.ts";
import { Mlp } from "../src/mlp.ts";
import { cosine, Sgd } from "../src/sgd.ts";
import type { Arithmetic } from "../src/tensor.ts";
import experiment, { type Config, trainStep } from "../src/train.ts";

export type Regulariser = "none" | "l1" | "l2";

export interface StudyRun {
  readonly regulariser: Regulariser;
  readonly lambda: number;
  readonly seed: number;
  /** Cross-entropies in nats, without the penalty, after the last epoch; each a mean over the split. */
  readonly trainLoss: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  /** Shares of all kernel weights, in [0, 1]. */
  readonly nearZero: number;
  readonly exactlyZero: number;
  /** [epochs] The mean loss during each epoch, and the validation loss after it. */
  readonly trainCurve: readonly number[];
  readonly validationCurve: readonly number[];
}

export interface Setting {
  readonly regulariser: Regulariser;
  readonly lambda: number;
  readonly seed: number;
  readonly epochs: number;
}

export interface Trained {
  readonly run: StudyRun;
  /** All kernel weights. */
  readonly weights: Float32Array;
}

/** |w| below this counts as near zero. */
export const NEAR_ZERO = 1e-3;

/** Trains with the project's default settings but for the regulariser. The test images are never read. */
export function trainOne(setting: Setting, { train, validation }: Splits, arithmetic: Arithmetic): Trained {
  const { regulariser, lambda, seed, epochs } = setting;
  const random = createRandom(seed);
  const defaults = experiment.config.parse({});
  const sizes = [train.images.length / train.labels.length, ...defaults.hidden, train.classes.length];
  const model = new Mlp(sizes, { ...defaults, random: random.stream("weights"), arithmetic });
  const config = { ...defaults, epochs, l1: regulariser === "l1" ? lambda : 0, l2: regulariser === "l2" ? lambda : 0 };
  const optimizer = new Sgd(model.parameters, config);
  const [trainCurve, validationCurve]: [number[], number[]] = [[], []];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    trainCurve.push(trainEpoch(model, optimizer, { train, random: random.stream(`shuffle/${epoch}`), epoch, config }));
    validationCurve.push(evaluate(model, validation).loss);
  }
  const result = evaluate(model, validation);
  const weights = kernelWeights(model);
  const shareOf = (isCounted: (weight: number) => boolean) => weights.filter(isCounted).length / weights.length;
  const run: StudyRun = {
    regulariser,
    lambda,
    seed,
    trainLoss: evaluate(model, train).loss,
    validationLoss: result.loss,
    validationAccuracy: result.accuracy,
    nearZero: shareOf((weight) => Math.abs(weight) < NEAR_ZERO),
    exactlyZero: shareOf((weight) => weight === 0),
    trainCurve,
    validationCurve,
  };
  return { run, weights };
}

interface Epoch {
  readonly train: ImageSet;
  readonly random: Random;
  readonly epoch: number;
  readonly config: Config;
}

/** The mean loss during the epoch. */
function trainEpoch(model: Mlp, optimizer: Sgd, { train, random, epoch, config }: Epoch): number {
  const count = train.labels.length;
  const stepsPerEpoch = Math.ceil(count / config.batchSize);
  let step = (epoch - 1) * stepsPerEpoch;
  let sum = 0;
  for (const indices of batches(count, config.batchSize, random)) {
    const learningRate = cosine(config.learningRate, step++, config.epochs * stepsPerEpoch);
    sum += trainStep(model, optimizer, { ...toBatch(train, indices), learningRate }) * indices.length;
  }
  return sum / count;
}

function kernelWeights({ parameters }: Mlp): Float32Array {
  return Float32Array.from(
    parameters.filter(({ isRegularised }) => isRegularised).flatMap(({ value }) => [...value.data]),
  );
}

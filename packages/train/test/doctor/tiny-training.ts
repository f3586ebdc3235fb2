import type { createRandom } from "@course/core";
import { type Finding, type Probe, type Run, TrainingError } from "../../src/index.ts";
import { CLASSES, drawPictures, PIXELS, type Pictures } from "./tiny-data.ts";
import { crossEntropy, type TinyLoss } from "./tiny-losses.ts";
import { type Start, TinyNetwork } from "./tiny-network.ts";
import { createTinyRun } from "./tiny-run.ts";

/** A sound training; each test changes one setting, which is its mistake. */
const SOUND = {
  seed: 1,
  epochs: 4,
  batchSize: 32,
  learningRate: 0.2,
  hidden: [24] as readonly number[],
  start: "he" as Start,
  train: drawPictures(1210, { seed: 1 }), // 37 whole batches and one of 26
  validation: drawPictures(500, { seed: 2 }),
  scale: (byte: number) => byte / 255,
  lossOf: crossEntropy as (outputs: Float64Array, labels: ArrayLike<number>, numClasses: number) => TinyLoss,
  /** Of the gradient and the logged loss: the batch size makes sums of means. */
  lossFactor: (_batchSize: number): number => 1,
  /** Share of hidden units silenced in a training step. */
  dropout: 0,
  dropLastBatch: false,
  /** Index of a layer that the backward pass forgets. */
  detached: -1,
  probe: {} as Probe,
  /** More metrics of an epoch. */
  metrics: (_: Evaluation): Record<string, number> => ({}),
};
export type Settings = Partial<typeof SOUND>;

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  /** [count] whether each validation example was answered rightly. */
  readonly isRight: readonly boolean[];
  /** Loss of each step of the epoch: a mean over its batch. */
  readonly stepLosses: readonly number[];
}

export interface Diagnosis {
  readonly findings: Finding[];
  /** What was printed while it trained. */
  readonly warnings: string[];
}

/** Share of true values. */
export function shareOf(values: readonly boolean[]): number {
  return values.filter(Boolean).length / values.length;
}

/** Trains for real, to the end, and returns what the doctor said. */
export async function trainTiny(changes: Settings = {}): Promise<Diagnosis> {
  const settings = { ...SOUND, ...changes };
  const { run, warnings, remove } = createTinyRun(settings.seed);
  try {
    const accuracy = await train(run, settings).catch((error) => {
      if (error instanceof TrainingError) return undefined;
      throw error;
    });
    const metrics = accuracy === undefined ? {} : { "validation/accuracy": accuracy };
    const ended = { metrics, baselines: { majority: 1 / CLASSES }, baselineMetric: "validation/accuracy" };
    return { findings: run.state.doctor.diagnose(accuracy === undefined ? undefined : ended), warnings };
  } finally {
    remove();
  }
}

async function train(run: Run, settings: typeof SOUND): Promise<number> {
  const { train, validation, batchSize, probe } = settings;
  const count = train.labels.length;
  const network = new TinyNetwork([PIXELS, ...settings.hidden, CLASSES], {
    random: run.random.stream("weights"),
    start: settings.start,
  });
  const provenance = { name: "patterns", source: "computed", sha256: "0".repeat(64), isSubset: false };
  run.useDataset({ provenance, train: count, validation: validation.labels.length, test: 0 });
  run.track({ network });
  const { x: sample } = gather(
    train,
    Array.from({ length: Math.min(count, 128) }, (_, i) => i),
    settings.scale,
  );
  run.probe({
    task: { kind: "classification", numClasses: CLASSES },
    labels: { train: train.labels, validation: validation.labels },
    inputs: { sample, expected: [0, 1] },
    layers: () => network.probe(sample),
    ...probe,
  });
  let accuracy = 0;
  for (const _ of run.epochs(settings.epochs)) {
    const stepLosses: number[] = [];
    for await (const indices of run.batches(count, batchSize)) {
      if (settings.dropLastBatch && indices.length < batchSize) continue;
      const loss = trainStep(network, gather(train, indices, settings.scale), {
        ...settings,
        random: run.stepRandom(),
      });
      stepLosses.push(loss);
      run.step({ loss }, indices.length);
    }
    const result = { ...evaluate(network, validation, settings), stepLosses };
    accuracy = result.accuracy;
    run.endEpoch({ "validation/loss": result.loss, "validation/accuracy": accuracy, ...settings.metrics(result) });
  }
  return accuracy;
}

type Batch = ReturnType<typeof gather>;

function gather({ bytes, labels }: Pictures, indices: ArrayLike<number>, scale: (byte: number) => number) {
  const x = new Float64Array(indices.length * PIXELS);
  for (let i = 0; i < x.length; i++) x[i] = scale(bytes[indices[Math.floor(i / PIXELS)] * PIXELS + (i % PIXELS)]);
  return { x, labels: Uint8Array.from(indices, (i) => labels[i]) };
}

function trainStep(
  network: TinyNetwork,
  { x, labels }: Batch,
  {
    lossOf,
    lossFactor,
    dropout,
    learningRate,
    detached,
    random,
  }: typeof SOUND & { random: ReturnType<typeof createRandom> },
): number {
  const drop = (hidden: Float64Array) => {
    for (let i = 0; i < hidden.length; i++) hidden[i] = random.uniform() < dropout ? 0 : hidden[i] / (1 - dropout);
  };
  const { loss, gradient } = lossOf(network.forward(x, dropout > 0 ? drop : undefined), labels, CLASSES);
  const factor = lossFactor(labels.length);
  network.backward(gradient.map((value) => factor * value));
  for (const gradient of ["dKernel", "dBias"] as const) network.layers[detached]?.[gradient].fill(0);
  network.descend(learningRate);
  return factor * loss;
}

function evaluate(network: TinyNetwork, set: Pictures, { scale, lossOf }: typeof SOUND) {
  const { x, labels } = gather(set, Array.from(set.labels.keys()), scale);
  const outputs = network.forward(x);
  const isRight = Array.from(labels, (label, i) => {
    const row = outputs.subarray(i * CLASSES, (i + 1) * CLASSES);
    return row.indexOf(Math.max(...row)) === label;
  });
  return { loss: lossOf(outputs, labels, CLASSES).loss, accuracy: shareOf(isRight), isRight };
}

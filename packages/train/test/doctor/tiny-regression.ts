import { type Probe, TrainingError } from "../../src/index.ts";
import { TinyNetwork } from "./tiny-network.ts";
import { createTinyRun } from "./tiny-run.ts";
import type { Diagnosis } from "./tiny-training.ts";

/** Examples with numbers as answers. */
export interface Table {
  readonly x: readonly (readonly number[])[]; // [count][inputs]
  readonly y: readonly (readonly number[])[]; // [count][outputs]
}

export interface RegressionSettings {
  readonly train: Table;
  readonly validation: Table;
  readonly seed?: number;
  readonly hidden?: readonly number[];
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
  readonly probe?: Probe;
  /** Of the outputs for the validation examples, [count][outputs]. */
  readonly metrics?: (outputs: readonly (readonly number[])[]) => Record<string, number>;
}

/** Fits a network by mean squared error, for real and to the end, and returns what the doctor said. */
export async function fitTiny(settings: RegressionSettings): Promise<Diagnosis> {
  const { train, validation, seed = 1, hidden = [], epochs = 5, batchSize = 16, learningRate = 0.05 } = settings;
  const { run, warnings, remove } = createTinyRun(seed);
  const sizes = [train.x[0].length, ...hidden, train.y[0].length];
  const network = new TinyNetwork(sizes, { random: run.random.stream("weights") });
  const provenance = { name: "table", source: "computed", sha256: "0".repeat(64), isSubset: false };
  run.useDataset({ provenance, train: train.x.length, validation: validation.x.length, test: 0 });
  run.track({ network });
  run.probe({ task: { kind: "regression" }, ...settings.probe });
  let metrics: Record<string, number> = {};
  try {
    for (const _ of run.epochs(epochs)) {
      for await (const indices of run.batches(train.x.length, batchSize)) {
        const x = Float64Array.from([...indices].flatMap((i) => train.x[i]));
        const { loss, gradient } = squaredError(
          network.forward(x),
          [...indices].flatMap((i) => train.y[i]),
        );
        network.backward(gradient);
        network.descend(learningRate);
        const norms = network.layers.map(({ dKernel, dBias }) => Math.hypot(...dKernel, ...dBias));
        run.step({ loss, gradientNorm: Math.hypot(...norms) }, indices.length);
      }
      const outputs = validation.x.map((row) => [...network.forward(Float64Array.from(row))]);
      const loss = squaredError(Float64Array.from(outputs.flat()), validation.y.flat()).loss;
      metrics = { "validation/loss": loss, ...settings.metrics?.(outputs) };
      run.endEpoch(metrics);
    }
    return {
      findings: run.state.doctor.diagnose({ metrics, baselines: {}, baselineMetric: "validation/loss" }),
      warnings,
    };
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    return { findings: run.state.doctor.diagnose(), warnings };
  } finally {
    remove();
  }
}

/** Mean over all entries, and its derivative with respect to the outputs. */
export function squaredError(outputs: Float64Array, targets: readonly number[]) {
  const gradient = outputs.map((output, i) => (2 * (output - targets[i])) / outputs.length);
  const loss = outputs.reduce((sum, output, i) => sum + (output - targets[i]) ** 2, 0) / outputs.length;
  return { loss, gradient };
}

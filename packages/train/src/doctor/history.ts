import type { LayerReading } from "./layer-reading.ts";
import type { StepSummary } from "./step-tally.ts";

/** What the run logged about one epoch. */
export interface EpochRecord {
  readonly epoch: number;
  /** The last one of the epoch, counted from the start of the run. */
  readonly step: number;
  /** As given to `endEpoch`, with `train/epochLoss`, the mean over this epoch's examples. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly steps: StepSummary;
}

/** The layers just after a training step. */
export interface Reading {
  readonly step: number;
  readonly epoch: number;
  /** Of that step. */
  readonly loss: number;
  readonly layers: readonly LayerReading[];
}

/** All that the checks know of a run besides what the project tells them. */
export interface History {
  /** Examples in each split, if the run named its data. */
  readonly dataset?: Readonly<Record<"train" | "validation" | "test", number>> | undefined;
  readonly epochs: readonly EpochRecord[];
  /** After the first step of all. */
  readonly firstReading?: Reading | undefined;
  /** After steps whose loss was twice the first step's, then four times, eight times …, or not finite. */
  readonly jumps: readonly Reading[];
  /** Of the newest epoch: after its first step and after its last. */
  readonly readings: readonly Reading[];
  /** Once the run has ended. */
  readonly outcome?: RunOutcome | undefined;
}

export interface RunOutcome {
  readonly metrics: Readonly<Record<string, number>>;
  /** Name → value of `baselineMetric`. */
  readonly baselines: Readonly<Record<string, number>>;
  readonly baselineMetric: string;
}

/** Norm of the whole gradient; not finite if a layer's is not. */
export function totalNorm({ layers }: Reading): number {
  return Math.hypot(...layers.map(({ gradientNorm = 0 }) => gradientNorm));
}

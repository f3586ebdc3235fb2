import type { Task } from "../doctor/probe.ts";
import type { SummaryRow } from "../tools/model-summary/model-summary.ts";

/** Each is a flag. */
export const TRIAL_NAMES = ["overfit", "findRate", "summary"] as const;

/**
 * A short training in place of the run's: with other batches or other learning rates, and without
 * checkpoints, epochs or a test. The project's loop does not notice: it asks for batches and rates
 * and gives losses, as ever.
 */
export interface Trial {
  readonly name: (typeof TRIAL_NAMES)[number];
  /** Whether every step is the first one to the project: its draws (`run.stepRandom()`), and a schedule of `run.steps`. */
  readonly repeatsStep?: boolean;
  /** Whether nothing is worth keeping: the run folder is removed. */
  readonly leavesNothing?: boolean;
  /**
   * What the project's `run.batches` gives, until the trial knows enough: the run ends with them.
   *
   * @param order [count] indices of the training examples in the seeded order of the first epoch.
   */
  batches(order: Uint32Array, batchSize: number): Iterable<Uint32Array>;
  /** The rate of the next step, where the project would take `planned`. */
  rate(planned: number): number;
  /** Takes the mean loss of a batch before its update; it need not be finite. */
  step(loss: number): void;
  /** Once the batches have ended. */
  result(context: TrialContext): Promise<TrialResult>;
}

export interface TrialContext {
  /** What the project told the doctor, if it did. */
  readonly task: Task | undefined;
  /** Of `run.describe`; empty if the project does not give them. */
  readonly layers?: readonly SummaryRow[];
}

export interface TrialResult {
  readonly passed: boolean;
  /** For the console, the summary and the report. */
  readonly verdict: string;
  readonly metrics: Readonly<Record<string, number>>;
  /** Name → SVG; written into the run's `figures/`. */
  readonly figures: Readonly<Record<string, string>>;
}

/** Leaves the project's loop when a trial has seen enough. */
export class TrialEnded extends Error {
  override name = "TrialEnded";
}

import { TrainingError } from "../interrupt.ts";
import { steepestDescent } from "./steepest-descent.ts";

export interface SweepRange {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly steps?: number;
  /** Weight of the past in the smoothed loss, in [0, 1); the end of the sweep depends on it. */
  readonly smoothing?: number;
  /** The sweep ends where the smoothed loss exceeds its lowest value by this factor. */
  readonly divergence?: number;
}

export interface LearningRateSweep {
  readonly rates: readonly number[];
  readonly losses: readonly number[];
  readonly smoothed: readonly number[];
  /** The rate at which the loss falls steepest; null if it falls nowhere by more than its noise. */
  readonly suggestion: number | null;
  /** Whether the sweep ended because the loss grew, as it should, and not at the maximum. */
  readonly diverged: boolean;
}

/** Gives the rate of each step, from `minimum` up to `maximum`, and takes the loss that it led to. */
export class RateSweep {
  readonly #rates: readonly number[];
  readonly #smoothing: number;
  readonly #divergence: number;
  readonly #losses: number[] = [];
  readonly #smoothed: number[] = [];
  #average = 0;
  #lowest = Number.POSITIVE_INFINITY;
  #diverged = false;

  /** @throws RangeError for a range or a number of steps that cannot be swept. */
  constructor({ smoothing = 0.9, divergence = 4, ...range }: SweepRange = {}) {
    this.#rates = plannedRates(range);
    this.#smoothing = smoothing;
    this.#divergence = divergence;
  }

  /** Of the next step; undefined once the sweep has ended. */
  get rate(): number | undefined {
    return this.#diverged ? undefined : this.#rates[this.#losses.length];
  }

  /** Takes the mean loss of a step at `rate`. @throws TrainingError if the first one is not finite. */
  step(loss: number): void {
    if (!Number.isFinite(loss) && this.#losses.length === 0)
      throw new TrainingError(
        `learning-rate finder: expected a finite loss at rate ${this.#rates[0]}, received ${loss}`,
      );
    this.#average = this.#smoothing * this.#average + (1 - this.#smoothing) * loss;
    const value = this.#average / (1 - this.#smoothing ** (this.#losses.length + 1)); // the average began at zero
    if (value < this.#lowest) this.#lowest = value;
    const growth = value - this.#lowest;
    this.#diverged = !Number.isFinite(loss) || growth > (this.#divergence - 1) * Math.abs(this.#lowest);
    if (this.#diverged) return;
    this.#losses.push(loss);
    this.#smoothed.push(value);
  }

  result(): LearningRateSweep {
    const rates = this.#rates.slice(0, this.#losses.length);
    const steepest = steepestDescent(this.#losses, Math.round(this.#rates.length / 10)); // a fifth of the sweep at a time
    const suggestion = steepest === null ? null : rates[steepest]!;
    return { rates, losses: this.#losses, smoothed: this.#smoothed, suggestion, diverged: this.#diverged };
  }
}

function plannedRates({ minimum = 1e-6, maximum = 1, steps = 100 }: SweepRange): number[] {
  if (!(minimum > 0 && Number.isFinite(maximum) && minimum < maximum))
    throw new RangeError(`findLearningRate: expected 0 < minimum < maximum, received ${minimum} and ${maximum}`);
  if (!(Number.isInteger(steps) && steps >= 10))
    throw new RangeError(`findLearningRate steps: expected a whole number from 10 up, received ${steps}`);
  return Array.from({ length: steps }, (_, i) => minimum * (maximum / minimum) ** (i / (steps - 1)));
}

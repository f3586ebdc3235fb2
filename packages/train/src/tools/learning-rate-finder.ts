import { TrainingError } from "../interrupt.ts";
import type { Saveable } from "../saveable.ts";
import { withRestored } from "./copy-state.ts";
import { steepestDescent } from "./steepest-descent.ts";

export interface LearningRateFinderOptions {
  /** One training step on the next batch at this rate; gives the batch's mean loss. */
  readonly trainStep: (rate: number) => number | Promise<number>;
  /** Model, optimizer and whatever else a step changes: put back afterwards. */
  readonly parts: readonly Saveable[];
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

/**
 * Trains while the rate grows exponentially from `minimum` to `maximum`, and suggests the one at
 * which the loss falls steepest over the rate's logarithm (Smith, 2017, "Cyclical learning rates",
 * section 3.3). Where fastai takes differences of the smoothed loss, which lag behind and follow
 * noise, the slope here is that of a line through a fifth of the sweep. An order of magnitude, no
 * more: look at the curve.
 *
 * @throws RangeError for a range or a number of steps that cannot be swept; TrainingError if the
 * first loss is not finite.
 */
export async function findLearningRate(options: LearningRateFinderOptions): Promise<LearningRateSweep> {
  const { trainStep, parts, smoothing = 0.9, divergence = 4 } = options;
  const planned = plannedRates(options);
  return withRestored(parts, async () => {
    const losses: number[] = [];
    const smoothed: number[] = [];
    let average = 0;
    let diverged = false;
    for (const rate of planned) {
      const loss = await trainStep(rate);
      if (!Number.isFinite(loss) && losses.length === 0)
        throw new TrainingError(`learning-rate finder: expected a finite loss at rate ${rate}, received ${loss}`);
      average = smoothing * average + (1 - smoothing) * loss;
      const value = average / (1 - smoothing ** (losses.length + 1)); // the average began at zero
      const lowest = Math.min(...smoothed, value);
      diverged = !Number.isFinite(loss) || value - lowest > (divergence - 1) * Math.abs(lowest);
      if (diverged) break;
      losses.push(loss);
      smoothed.push(value);
    }
    const rates = planned.slice(0, losses.length);
    const steepest = steepestDescent(losses, Math.round(planned.length / 10)); // a fifth of the sweep at a time
    return { rates, losses, smoothed, suggestion: steepest === null ? null : rates[steepest]!, diverged };
  });
}

function plannedRates({ minimum = 1e-6, maximum = 1, steps = 100 }: LearningRateFinderOptions): number[] {
  if (!(minimum > 0 && Number.isFinite(maximum) && minimum < maximum))
    throw new RangeError(`findLearningRate: expected 0 < minimum < maximum, received ${minimum} and ${maximum}`);
  if (!(Number.isInteger(steps) && steps >= 10))
    throw new RangeError(`findLearningRate steps: expected a whole number from 10 up, received ${steps}`);
  return Array.from({ length: steps }, (_, i) => minimum * (maximum / minimum) ** (i / (steps - 1)));
}

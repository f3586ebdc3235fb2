import type { Saveable } from "../saveable.ts";
import { withRestored } from "./copy-state.ts";
import { type LearningRateSweep, RateSweep, type SweepRange } from "./learning-rate-sweep.ts";

export interface LearningRateFinderOptions extends SweepRange {
  /** One training step on the next batch at this rate; gives the batch's mean loss. */
  readonly trainStep: (rate: number) => number | Promise<number>;
  /** Model, optimizer and whatever else a step changes: put back afterwards. */
  readonly parts: readonly Saveable[];
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
export async function findLearningRate({
  trainStep,
  parts,
  ...range
}: LearningRateFinderOptions): Promise<LearningRateSweep> {
  const sweep = new RateSweep(range);
  return withRestored(parts, async () => {
    for (let { rate } = sweep; rate !== undefined; { rate } = sweep) sweep.step(await trainStep(rate));
    return sweep.result();
  });
}

import type { Saveable } from "../saveable.ts";
import { withRestored } from "./copy-state.ts";
import { explainOverfit } from "./overfit-reasons.ts";

export interface OverfitOptions {
  /** One training step, on the same batch every time; gives its mean loss before the step. */
  readonly trainStep: () => number | Promise<number>;
  /** Model, optimizer and whatever else a step changes: put back afterwards. */
  readonly parts: readonly Saveable[];
  readonly steps?: number;
  /** Passed once the loss has fallen to this share of the first one. */
  readonly target?: number;
  /** The least loss there can be, if not 0: label smoothing and penalties on weights raise it. */
  readonly lossFloor?: number;
  /** For cross-entropy, to recognise its telling values. */
  readonly numClasses?: number;
}

export interface OverfitReport {
  readonly passed: boolean;
  readonly losses: readonly number[];
  /** One line: what was reached, or what was seen instead and its likely causes. */
  readonly verdict: string;
}

/**
 * Can the model learn one batch by heart? If not, something is broken, and more data or epochs will
 * not mend it (Karpathy, 2019, "A recipe for training neural networks"). Ends at the first loss that
 * passes.
 *
 * @throws RangeError for fewer than 20 steps or a target outside (0, 1).
 */
export async function overfitOneBatch(options: OverfitOptions): Promise<OverfitReport> {
  const { trainStep, parts, steps = 300, target = 0.01, lossFloor = 0, numClasses } = options;
  if (!(Number.isInteger(steps) && steps >= 20))
    throw new RangeError(`overfitOneBatch steps: expected a whole number from 20 up, received ${steps}`);
  if (!(target > 0 && target < 1))
    throw new RangeError(`overfitOneBatch target: expected a share in (0, 1), received ${target}`);
  const losses: number[] = [];
  const passed = await withRestored(parts, async () => {
    for (let step = 0; step < steps; step++) {
      const loss = await trainStep();
      losses.push(loss);
      if (!Number.isFinite(loss)) return false;
      const atFirst = losses[0]! - lossFloor; // at zero before training nothing is learnt
      if (atFirst > 0 && loss - lossFloor <= target * atFirst) return true;
    }
    return false;
  });
  const range = `the loss went from ${losses[0]!.toPrecision(4)} to ${losses.at(-1)!.toPrecision(4)} in ${losses.length} steps`;
  if (passed) return { passed, losses, verdict: `learnt by heart: ${range}` };
  return { passed, losses, verdict: `not learnt by heart: ${range}; ${explainOverfit(losses, { numClasses })}` };
}

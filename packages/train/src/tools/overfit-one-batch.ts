import type { Saveable } from "../saveable.ts";
import { withRestored } from "./copy-state.ts";
import { explainOverfit } from "./overfit-reasons.ts";

export interface OverfitGoal {
  readonly steps?: number;
  /** Passed once the loss has fallen to this share of the first one. */
  readonly target?: number;
  /** The least loss there can be, if not 0: label smoothing and penalties on weights raise it. */
  readonly lossFloor?: number;
}

export interface OverfitOptions extends OverfitGoal {
  /** One training step, on the same batch every time; gives its mean loss before the step. */
  readonly trainStep: () => number | Promise<number>;
  /** Model, optimizer and whatever else a step changes: put back afterwards. */
  readonly parts: readonly Saveable[];
  /** For cross-entropy, to recognise its telling values. */
  readonly numClasses?: number;
}

export interface OverfitReport {
  readonly passed: boolean;
  readonly losses: readonly number[];
  /** One line: what was reached, or what was seen instead and its likely causes. */
  readonly verdict: string;
}

/** Watches the losses of one batch that is learnt by heart. */
export class OverfitWatch {
  readonly losses: number[] = [];
  passed = false;
  readonly #goal: Required<OverfitGoal>;

  /** @throws RangeError for fewer than 20 steps or a target outside (0, 1). */
  constructor({ steps = 300, target = 0.01, lossFloor = 0 }: OverfitGoal = {}) {
    if (!(Number.isInteger(steps) && steps >= 20))
      throw new RangeError(`overfitOneBatch steps: expected a whole number from 20 up, received ${steps}`);
    if (!(target > 0 && target < 1))
      throw new RangeError(`overfitOneBatch target: expected a share in (0, 1), received ${target}`);
    this.#goal = { steps, target, lossFloor };
  }

  /** Whether it has seen enough: the loss passed, is not finite, or the steps are used up. */
  get hasEnded(): boolean {
    const { losses } = this;
    return this.passed || losses.length === this.#goal.steps || (losses.length > 0 && !Number.isFinite(losses.at(-1)));
  }

  /** Takes a step's mean loss. */
  step(loss: number): void {
    const { target, lossFloor } = this.#goal;
    this.losses.push(loss);
    const atFirst = this.losses[0]! - lossFloor; // at zero before training nothing is learnt
    this.passed = atFirst > 0 && loss - lossFloor <= target * atFirst;
  }

  /** @param numClasses for cross-entropy, to recognise its telling values. */
  report(numClasses?: number): OverfitReport {
    const { losses, passed } = this;
    const range = `the loss went from ${losses[0]!.toPrecision(4)} to ${losses.at(-1)!.toPrecision(4)} in ${losses.length} steps`;
    const verdict = passed
      ? `learnt by heart: ${range}`
      : `not learnt by heart: ${range}; ${explainOverfit(losses, { numClasses })}`;
    return { passed, losses, verdict };
  }
}

/**
 * Can the model learn one batch by heart? If not, something is broken, and more data or epochs will
 * not mend it (Karpathy, 2019, "A recipe for training neural networks"). Ends at the first loss that
 * passes.
 *
 * @throws RangeError for fewer than 20 steps or a target outside (0, 1).
 */
export async function overfitOneBatch({
  trainStep,
  parts,
  numClasses,
  ...goal
}: OverfitOptions): Promise<OverfitReport> {
  const watch = new OverfitWatch(goal);
  await withRestored(parts, async () => {
    while (!watch.hasEnded) watch.step(await trainStep());
  });
  return watch.report(numClasses);
}

import type { Saveable, SavedState } from "../saveable.ts";
import { BestValue } from "./best-value.ts";

export interface EarlyStoppingOptions {
  /** Whether a larger or a smaller value is better. */
  readonly mode: "max" | "min";
  /** Epochs without improvement after which training stops. */
  readonly patience: number;
  /** What counts as an improvement: better than the best by more than this, in the value's own unit. */
  readonly minDelta?: number;
  /** The first epoch that counts, from 1. */
  readonly startEpoch?: number;
}

interface EarlyStoppingState {
  readonly epoch: number;
  readonly best: number | null;
  readonly bestEpoch: number;
  readonly wait: number;
  readonly shouldStop: boolean;
}

/**
 * Says when a metric has stopped improving, counting as Keras's `EarlyStopping` does. Update it
 * before the epoch's checkpoint and ask `shouldStop` before each epoch: a run that was killed between
 * the two stops where it would have. The best weights are in the run's best checkpoint
 * (`run.restoreBest()`).
 */
export class EarlyStopping implements Saveable {
  readonly #patience: number;
  readonly #startEpoch: number;
  readonly #best: BestValue;
  #epoch = 0;
  #bestEpoch = 0;
  #wait = 0;
  #shouldStop = false;

  /** @throws RangeError for a patience below 0 or a negative `minDelta`. */
  constructor({ mode, patience, minDelta = 0, startEpoch = 1 }: EarlyStoppingOptions) {
    if (!(Number.isInteger(patience) && patience >= 0))
      throw new RangeError(`EarlyStopping patience: expected a whole number of epochs from 0 up, received ${patience}`);
    this.#patience = patience;
    this.#startEpoch = startEpoch;
    this.#best = new BestValue(mode, minDelta);
  }

  get shouldStop(): boolean {
    return this.#shouldStop;
  }

  /** The best epoch so far, from 1; 0 before the first that counts. */
  get bestEpoch(): number {
    return this.#bestEpoch;
  }

  /** Takes an epoch's metric; returns `shouldStop`. @throws RangeError if it is not finite. */
  update(value: number): boolean {
    this.#epoch++;
    if (this.#epoch < this.#startEpoch) return false;
    if (this.#best.update(value)) {
      this.#bestEpoch = this.#epoch;
      this.#wait = 0;
    } else {
      this.#wait++;
      this.#shouldStop ||= this.#wait >= this.#patience;
    }
    return this.#shouldStop;
  }

  state(): SavedState {
    const json: EarlyStoppingState = {
      epoch: this.#epoch,
      best: this.#best.value,
      bestEpoch: this.#bestEpoch,
      wait: this.#wait,
      shouldStop: this.#shouldStop,
    };
    return { arrays: {}, json };
  }

  restore({ json }: SavedState): void {
    const { epoch, best, bestEpoch, wait, shouldStop } = json as EarlyStoppingState;
    this.#epoch = epoch;
    this.#best.value = best;
    this.#bestEpoch = bestEpoch;
    this.#wait = wait;
    this.#shouldStop = shouldStop;
  }
}

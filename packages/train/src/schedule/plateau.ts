import type { Saveable, SavedState } from "../saveable.ts";
import { BestValue } from "../tools/best-value.ts";
import { assertRate } from "./schedule.ts";

export interface PlateauOptions {
  readonly rate: number;
  /** Whether a larger or a smaller value is better. */
  readonly mode: "max" | "min";
  /** What the rate is multiplied by, in (0, 1). */
  readonly factor?: number;
  /** Epochs without improvement after which the rate falls. */
  readonly patience?: number;
  /** What counts as an improvement: better than the best by more than this, in the value's own unit. */
  readonly minDelta?: number;
  /** Epochs after a fall that do not count. */
  readonly cooldown?: number;
  readonly minimum?: number;
}

interface PlateauState {
  readonly rate: number;
  readonly best: number | null;
  readonly wait: number;
  readonly cooldownLeft: number;
}

/**
 * Reduces the learning rate when a metric stops improving: Keras's `ReduceLROnPlateau`, its counting
 * of patience and cooldown included (PyTorch's waits one epoch longer). A run tracks it, so that a
 * resumed one waits no longer than the interrupted one would have.
 */
export class ReduceOnPlateau implements Saveable {
  readonly #options: Required<PlateauOptions>;
  readonly #best: BestValue;
  #rate: number;
  #wait = 0;
  #cooldownLeft = 0;

  /** @throws RangeError for a rate that is not positive, a factor outside (0, 1), or a patience below 1. */
  constructor(options: PlateauOptions) {
    this.#options = { factor: 0.1, patience: 10, minDelta: 1e-4, cooldown: 0, minimum: 0, ...options };
    const { rate, factor, patience, minDelta, mode } = this.#options;
    assertRate("ReduceOnPlateau rate", rate);
    if (!(factor > 0 && factor < 1))
      throw new RangeError(`ReduceOnPlateau factor: expected a number in (0, 1), received ${factor}`);
    if (!(Number.isInteger(patience) && patience >= 1))
      throw new RangeError(
        `ReduceOnPlateau patience: expected a whole number of epochs from 1 up, received ${patience}`,
      );
    this.#best = new BestValue(mode, minDelta);
    this.#rate = rate;
  }

  /** The rate of the next epoch. */
  get rate(): number {
    return this.#rate;
  }

  /** Takes an epoch's metric; returns the rate of the next epoch. @throws RangeError if it is not finite. */
  update(value: number): number {
    const { factor, patience, cooldown, minimum } = this.#options;
    if (this.#cooldownLeft > 0) {
      this.#cooldownLeft--;
      this.#wait = 0;
    }
    if (this.#best.update(value)) this.#wait = 0;
    else if (this.#cooldownLeft === 0) this.#wait++;
    if (this.#wait >= patience && this.#rate > minimum) {
      this.#rate = Math.max(this.#rate * factor, minimum);
      this.#cooldownLeft = cooldown;
      this.#wait = 0;
    }
    return this.#rate;
  }

  state(): SavedState {
    const json: PlateauState = {
      rate: this.#rate,
      best: this.#best.value,
      wait: this.#wait,
      cooldownLeft: this.#cooldownLeft,
    };
    return { arrays: {}, json };
  }

  restore({ json }: SavedState): void {
    const { rate, best, wait, cooldownLeft } = json as PlateauState;
    this.#rate = rate;
    this.#best.value = best;
    this.#wait = wait;
    this.#cooldownLeft = cooldownLeft;
  }
}

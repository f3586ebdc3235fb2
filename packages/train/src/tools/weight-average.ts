import { UserError } from "@course/core";
import type { Saveable, SavedState } from "../saveable.ts";
import { copyState } from "./copy-state.ts";

type FloatArray = Float32Array | Float64Array;

interface AverageState {
  readonly updates: number;
}

/**
 * Exponential moving average of a model's weights (Polyak & Juditsky, 1992; as in TensorFlow's
 * `ExponentialMovingAverage` with `num_updates`): after step n, average += (1 − d)(weight − average)
 * with d = min(decay, (1 + n)/(10 + n)), so that the first weights do not weigh long.
 *
 * Make it when the model is, and let the run track it beside the model. Float arrays are averaged;
 * others and the JSON stay the model's own. Averages are float64.
 */
export class WeightAverage implements Saveable {
  readonly #target: Saveable;
  readonly #decay: number;
  readonly #averages: Readonly<Record<string, Float64Array>>;
  #updates = 0;

  /** @param decay in [0, 1): 0.999 remembers about a thousand steps. @throws RangeError outside. */
  constructor(target: Saveable, { decay = 0.999 }: { decay?: number } = {}) {
    if (!(decay >= 0 && decay < 1))
      throw new RangeError(`WeightAverage decay: expected a number in [0, 1), received ${decay}`);
    this.#target = target;
    this.#decay = decay;
    const floats = Object.entries(target.state().arrays).filter(([, array]) => isFloat(array));
    this.#averages = Object.fromEntries(floats.map(([name, array]) => [name, Float64Array.from(array)]));
  }

  /** Call after each step of the optimizer. */
  update(): void {
    this.#updates++;
    const share = 1 - Math.min(this.#decay, (1 + this.#updates) / (10 + this.#updates));
    const { arrays } = this.#target.state();
    for (const [name, average] of Object.entries(this.#averages)) {
      const weights = arrays[name] as FloatArray;
      for (let i = 0; i < average.length; i++) average[i]! += share * (weights[i]! - average[i]!);
    }
  }

  /**
   * Runs `body`, an evaluation, with the averages in the model, and puts the weights back. `body`
   * must not wait for anything: a checkpoint taken meanwhile would hold the averages as weights.
   *
   * @throws TypeError if `body` returns a promise.
   */
  evaluate<T>(body: () => T): T {
    const saved = copyState(this.#target.state());
    this.apply();
    try {
      const result = body();
      if (result instanceof Promise)
        throw new TypeError("WeightAverage.evaluate: expected a body that returns its result, received a promise");
      return result;
    } finally {
      this.#target.restore(saved);
    }
  }

  /** Makes the averages the model's weights, for the end of training. */
  apply(): void {
    const { arrays, json } = this.#target.state();
    this.#target.restore({ arrays: { ...arrays, ...this.#asWeights(arrays) }, json });
  }

  state(): SavedState {
    const json: AverageState = { updates: this.#updates };
    return { arrays: this.#averages, json };
  }

  /** @throws UserError if the checkpoint is of another model. */
  restore({ arrays, json }: SavedState): void {
    for (const [name, average] of Object.entries(this.#averages)) {
      const saved = arrays[name];
      if (saved?.length !== average.length)
        throw new UserError(
          `checkpoint of a weight average, ${name}: expected ${average.length} values, received ${saved?.length ?? "none"} (another model?)`,
        );
      average.set(saved);
    }
    this.#updates = (json as AverageState).updates;
  }

  #asWeights(live: SavedState["arrays"]): Record<string, FloatArray> {
    const entries = Object.entries(this.#averages).map(([name, average]) => [
      name,
      live[name] instanceof Float32Array ? Float32Array.from(average) : average.slice(),
    ]);
    return Object.fromEntries(entries);
  }
}

function isFloat(array: unknown): array is FloatArray {
  return array instanceof Float32Array || array instanceof Float64Array;
}

import { createRandom, type Random, type RandomState, restoreRandom } from "@course/core";

/**
 * A generator whose state, and that of every stream opened before the loop, a resumed run puts back,
 * also where the project already holds it.
 */
export interface ResumableRandom extends Random {
  /** From now on, streams are not remembered: a loop opens one a step. */
  seal(): void;
  states(): RandomState[];
  /** Puts back what was opened under the same names; what was not opened then stays as it is. */
  restoreStates(states: readonly RandomState[]): void;
}

interface Opened {
  readonly state: () => RandomState;
  readonly restore: (state: RandomState) => void;
}

export function createResumableRandom(seed: number): ResumableRandom {
  const opened: Opened[] = [];
  let isSealed = false;
  const remember = (start: Random): Random => {
    let current = start;
    const restore = (state: RandomState) => {
      current = restoreRandom(state);
    };
    opened.push({ state: () => current.state(), restore });
    return {
      uniform: (low, high) => current.uniform(low, high),
      normal: (mean, standardDeviation) => current.normal(mean, standardDeviation),
      integer: (low, high) => current.integer(low, high),
      shuffle: (items) => current.shuffle(items),
      choice: (items) => current.choice(items),
      stream: (name) => (isSealed ? current.stream(name) : remember(current.stream(name))),
      state: () => current.state(),
    };
  };
  return {
    ...remember(createRandom(seed)),
    seal() {
      isSealed = true;
    },
    states: () => opened.map(({ state }) => state()),
    restoreStates(states) {
      const left = [...states];
      for (const { state, restore } of opened) {
        const at = left.findIndex(({ key }) => key === state().key);
        if (at >= 0) restore(left.splice(at, 1)[0]!);
      }
    },
  };
}

import { saveable, saveableOptimizer } from "@course/tf";
import type { Saveable } from "@course/train";
import type { Training } from "../src/step.ts";

/** One of the models that learn side by side. */
export interface Contestant extends Training {
  /** Of its training steps so far. */
  readonly clock: { seconds: number };
}

/** Every model with its optimizer and the seconds that its steps took, for a checkpoint. */
export function tracked(contestants: readonly Contestant[]): Record<string, Saveable> {
  const parts: [string, Saveable][] = contestants.flatMap(({ model, optimizer, clock }) => [
    [model.name, saveable(model.variables)],
    [`${model.name} optimizer`, saveableOptimizer(optimizer)],
    [
      `${model.name} clock`,
      { state: () => ({ arrays: {}, json: { ...clock } }), restore: ({ json }) => void Object.assign(clock, json) },
    ],
  ]);
  return Object.fromEntries(parts);
}

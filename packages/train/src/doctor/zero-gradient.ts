import type { Check } from "./check.ts";
import { number } from "./format.ts";
import { type Reading, totalNorm } from "./history.ts";

const LOST = 2 ** -23; // of the whole gradient's norm: float32 rounds less than that away
const ALREADY_PERFECT = 2 ** -20; // a loss from which rounding may leave no gradient at all

/** A layer that gets no gradient in any reading of the epoch: it does not learn. */
export const zeroGradient: Check = {
  id: "zero-gradient",
  explains: ["stuck-loss", "worse-than-baseline"],
  find({ readings, epochs }) {
    const latest = readings.at(-1);
    // Beside a single one: a batch that leaves every unit of a layer off is rare, two are not chance.
    const isOneStep = epochs.at(-1)?.steps.steps === 1;
    if (!latest || (readings.length < 2 && !isOneStep)) return undefined;
    if (readings.some(({ loss }) => !(loss > ALREADY_PERFECT))) return undefined;
    const names = latest.layers.map(({ name }) => name).filter((name) => readings.every((one) => isZero(one, name)));
    if (names.length === 0) return undefined;
    return {
      sign: "a layer's gradient is zero",
      evidence: `${names.join(", ")}: norm ${names.map((name) => number(normOf(latest, name)!)).join(", ")} at loss ${number(latest.loss)}, the whole gradient's norm being ${number(totalNorm(latest))}`,
      cause:
        "These layers do not learn. Likely initial weights of zero, units that are all at their limit, a step without a derivative (argmax, round, a detached tensor), or a layer that the loss does not depend on",
      epoch: latest.epoch,
      step: latest.step,
    };
  },
};

function isZero(reading: Reading, name: string): boolean {
  const norm = normOf(reading, name);
  return norm !== undefined && norm <= LOST * totalNorm(reading);
}

function normOf({ layers }: Reading, name: string): number | undefined {
  return layers.find((layer) => layer.name === name)?.gradientNorm;
}

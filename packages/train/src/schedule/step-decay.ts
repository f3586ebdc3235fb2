import { assertFraction, assertRate, assertSteps, type Schedule } from "./schedule.ts";

/**
 * rate · factor^⌊step / every⌋, PyTorch's `StepLR`.
 *
 * @param every steps between two falls.
 * @throws RangeError for a rate or an `every` that is not positive, or a factor outside [0, 1].
 */
export function stepDecay(rate: number, { every, factor = 0.1 }: { every: number; factor?: number }): Schedule {
  assertRate("stepDecay rate", rate);
  assertSteps("stepDecay every", every);
  assertFraction("stepDecay factor", factor);
  return (step) => rate * factor ** Math.floor(step / every);
}

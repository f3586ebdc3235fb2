/**
 * Learning rate of a step; `step` counts the optimizer's steps from 0. Pure, so a resumed run needs
 * no state: it asks for the rate of the step that it is at.
 */
export type Schedule = (step: number) => number;

export function constant(rate: number): Schedule {
  assertRate("constant rate", rate);
  return () => rate;
}

/** @throws RangeError unless the rate is finite and above 0. */
export function assertRate(what: string, rate: number): void {
  if (!(Number.isFinite(rate) && rate > 0))
    throw new RangeError(`${what}: expected a number above 0, received ${rate}`);
}

/** @throws RangeError unless the count is a positive integer. */
export function assertSteps(what: string, steps: number): void {
  if (!(Number.isInteger(steps) && steps > 0))
    throw new RangeError(
      `${what}: expected a whole number of steps above 0, received ${steps} (epochs instead of steps?)`,
    );
}

/** @throws RangeError unless the value lies in [0, 1]. */
export function assertFraction(what: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${what}: expected a fraction in [0, 1], received ${value}`);
}

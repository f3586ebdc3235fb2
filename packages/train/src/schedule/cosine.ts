import { assertFraction, assertRate, assertSteps, type Schedule } from "./schedule.ts";

/**
 * Half a cosine from `rate` at step 0 to `rate · final` at step `steps`, and that from there on:
 * final + (1 − final)(1 + cos(π·step/steps))/2 of the rate (Loshchilov & Hutter, 2017, equation 5,
 * without restarts). The last of `steps` steps is number `steps − 1`, a little above the end.
 *
 * @throws RangeError for a rate or steps that are not positive, or a `final` outside [0, 1].
 */
export function cosine(rate: number, { steps, final = 0 }: { steps: number; final?: number }): Schedule {
  assertRate("cosine rate", rate);
  assertSteps("cosine steps", steps);
  assertFraction("cosine final", final);
  return (step) => rate * (final + ((1 - final) * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps))) / 2);
}

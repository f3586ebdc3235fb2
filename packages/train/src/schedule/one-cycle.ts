import { assertRate, assertSteps, type Schedule } from "./schedule.ts";

interface OneCycleOptions {
  readonly steps: number;
  /** Share of the steps in which the rate rises. */
  readonly riseFraction?: number; // in [0, 1)
  /** The first rate is `maximum / startDivisor`. */
  readonly startDivisor?: number;
  /** The last rate is the first one divided by this. */
  readonly finalDivisor?: number;
}

/**
 * Up to `maximum` and far down again, each along half a cosine (Smith & Topin, 2018, "Super-
 * convergence"). As PyTorch's `OneCycleLR` and fastai: cosines instead of the paper's straight lines,
 * and two phases instead of three. The momentum stays as it is, unlike theirs.
 *
 * @throws RangeError for a maximum or steps that are not positive, a fraction outside [0, 1), or a
 * divisor below 1.
 */
export function oneCycle(maximum: number, options: OneCycleOptions): Schedule {
  const { steps, riseFraction = 0.3, startDivisor = 25, finalDivisor = 1e4 } = options;
  assertRate("oneCycle maximum", maximum);
  assertSteps("oneCycle steps", steps);
  if (!(riseFraction >= 0 && riseFraction < 1))
    throw new RangeError(`oneCycle riseFraction: expected a fraction in [0, 1), received ${riseFraction}`);
  for (const [name, divisor] of Object.entries({ startDivisor, finalDivisor }))
    if (!(divisor >= 1)) throw new RangeError(`oneCycle ${name}: expected a number from 1 up, received ${divisor}`);
  const first = maximum / startDivisor;
  const last = first / finalDivisor;
  const peak = Math.max(0, riseFraction * steps - 1); // PyTorch's steps end at steps − 1, and so do its phases
  return (step) => {
    if (step < peak) return halfCosine(first, maximum, step / peak);
    return halfCosine(maximum, last, steps - 1 > peak ? Math.min((step - peak) / (steps - 1 - peak), 1) : 1);
  };
}

/** From `start` at 0 to `end` at 1. */
function halfCosine(start: number, end: number, done: number): number {
  return end + ((start - end) * (1 + Math.cos(Math.PI * done))) / 2;
}

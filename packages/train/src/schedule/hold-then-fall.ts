import { assertFraction, assertRate, assertSteps, type Schedule } from "./schedule.ts";

interface HoldThenFallOptions {
  readonly steps: number;
  /** Share of the steps in which the rate falls. */
  readonly fallFraction?: number;
  /** Of the rate, at the end. */
  readonly final?: number;
}

/**
 * Constant, then straight down to `rate · final` at step `steps`; with a warm-up in front this is
 * warmup–stable–decay (Hu et al., 2024, MiniCPM, section 4). The time to stop can be chosen late:
 * every length has the same beginning.
 *
 * @throws RangeError for a rate or steps that are not positive, or a fraction outside [0, 1].
 */
export function holdThenFall(rate: number, { steps, fallFraction = 0.25, final = 0 }: HoldThenFallOptions): Schedule {
  assertRate("holdThenFall rate", rate);
  assertSteps("holdThenFall steps", steps);
  assertFraction("holdThenFall fallFraction", fallFraction);
  assertFraction("holdThenFall final", final);
  const start = steps * (1 - fallFraction);
  return (step) => {
    if (step <= start) return rate;
    const done = Math.min((step - start) / (steps - start), 1);
    return rate * (1 + (final - 1) * done);
  };
}

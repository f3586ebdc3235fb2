import { cosine } from "./cosine.ts";
import { assertFraction, assertSteps, type Schedule } from "./schedule.ts";
import { withWarmup } from "./warm-up.ts";

interface WarmCosineOptions {
  readonly steps: number;
  /** Share of the steps in which the rate climbs; 0: it begins at its highest. */
  readonly warmup: number;
}

/**
 * Climbs in equal stairs for a share of the steps, then falls to 0 along half a cosine. A training that is too short for
 * both, of one step even, has a rate above 0 all the same.
 *
 * @throws RangeError for a rate or steps that are not positive, or a share outside [0, 1].
 */
export function warmCosine(rate: number, { steps, warmup }: WarmCosineOptions): Schedule {
  assertSteps("warmCosine steps", steps);
  assertFraction("warmCosine warmup", warmup);
  const climb = Math.ceil(warmup * steps);
  const fall = cosine(rate, { steps: Math.max(1, steps - climb) });
  return climb > 0 ? withWarmup(fall, climb) : fall;
}

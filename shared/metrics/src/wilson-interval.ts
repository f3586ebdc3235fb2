import { assertOpenFraction } from "./input-checks.ts";
import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal-quantile.ts";

/**
 * Interval for a share of independent examples, such as an accuracy (Wilson, 1927; without continuity
 * correction). Unlike ± z·standard error it stays within [0, 1] and has a width at 0 and 1 too.
 *
 * @param successes right answers, an integer in 0…count.
 * @param count examples, at least 1.
 * @param confidence 0.95 by default.
 * @throws RangeError for counts that do not fit (an accuracy instead of a count?).
 */
export function wilsonInterval(
  successes: number,
  count: number,
  { confidence = 0.95 }: { confidence?: number } = {},
): Interval {
  assertOpenFraction("wilsonInterval confidence", confidence);
  const areCounts = Number.isInteger(successes) && Number.isInteger(count);
  if (!(areCounts && count > 0 && successes >= 0 && successes <= count))
    throw new RangeError(
      `wilsonInterval: expected integers 0 ≤ successes ≤ count and count ≥ 1, received ${successes} of ${count} ` +
        "(a fraction instead of a count?)",
    );
  const z = normalQuantile((1 + confidence) / 2);
  const estimate = successes / count;
  const shrink = 1 / (1 + (z * z) / count);
  const centre = shrink * (estimate + (z * z) / (2 * count));
  const halfWidth = shrink * z * Math.sqrt((estimate * (1 - estimate)) / count + (z / (2 * count)) ** 2);
  return {
    estimate,
    low: successes === 0 ? 0 : centre - halfWidth, // exactly, not 1e-18
    high: successes === count ? 1 : centre + halfWidth,
    confidence,
  };
}

import { ShapeError } from "@course/core";
import { assertFinite, assertPositiveInteger } from "./input-checks.ts";
import { meanAbsoluteError } from "./regression-errors.ts";

/**
 * The forecast that any model of a series must beat: each step repeats the value one season before,
 * ŷ[T + h] = y[T + h − m·⌈h/m⌉] (Hyndman & Athanasopoulos, 2021, section 5.2).
 *
 * @param history [time] past values, the newest last.
 * @param season m, in steps: 12 for months with a yearly season, 1 for "as the last value".
 * @param horizon steps to forecast.
 * @returns [horizon]
 * @throws ShapeError for a history shorter than one season; RangeError for a value that is not finite, or for a
 *   season or horizon that is no positive integer.
 */
export function seasonalNaive(
  history: ArrayLike<number>,
  { season, horizon }: { season: number; horizon: number },
): Float64Array {
  assertPositiveInteger("seasonalNaive season", season);
  assertPositiveInteger("seasonalNaive horizon", horizon);
  assertHistory("seasonalNaive history", history, season);
  const first = history.length - season;
  return Float64Array.from({ length: horizon }, (_, h) => history[first + (h % season)]);
}

/**
 * Mean absolute scaled error: the forecast's mean absolute error over that of the seasonal naive
 * forecast, one season ahead, on the training series (Hyndman & Koehler, 2006). No unit; in [0, ∞),
 * below 1 is better than the naive rule was in training.
 *
 * @param predicted [count]
 * @param actual [count]
 * @param history [time] the training series, for the scale.
 * @param season m, in steps; 1 by default.
 * @throws ShapeError if the lengths differ, or for a history of no more than one season; RangeError for no values, a
 *   value that is not finite, or a history that repeats itself exactly (scale 0).
 */
export function meanAbsoluteScaledError(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
  { history, season = 1 }: { history: ArrayLike<number>; season?: number },
): number {
  assertPositiveInteger("meanAbsoluteScaledError season", season);
  assertHistory("meanAbsoluteScaledError history", history, season + 1);
  let scale = 0;
  for (let t = season; t < history.length; t++)
    scale += Math.abs(history[t] - history[t - season]) / (history.length - season);
  if (scale === 0)
    throw new RangeError(
      `meanAbsoluteScaledError history: expected a series that changes from season to season, received one that ` +
        `repeats every ${season} steps exactly (a constant or a made-up series?)`,
    );
  return meanAbsoluteError(predicted, actual) / scale;
}

function assertHistory(where: string, history: ArrayLike<number>, minimum: number): void {
  if (history.length < minimum)
    throw new ShapeError(
      `${where}: expected at least [time=${minimum}], received [${history.length}] (a season in other steps than the series?)`,
    );
  assertFinite(where, history);
}

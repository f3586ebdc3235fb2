import { ShapeError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanAbsoluteScaledError, seasonalNaive } from "../src/index.ts";
import { readGolden } from "./golden.ts";

interface Golden {
  series: {
    season: number;
    horizon: number;
    history: number[];
    actual: number[];
    predicted: number[];
    seasonalNaive: number[];
    mase: number;
  }[];
}
const golden = readGolden<Golden>("regression");
const value = fc.integer({ min: -1000, max: 1000 });

describe("seasonal naive", () => {
  test("hand-worked: the last season 3, 4, 5 again and again", () =>
    expect([...seasonalNaive([1, 2, 3, 4, 5], { season: 3, horizon: 7 })]).toEqual([3, 4, 5, 3, 4, 5, 3]));
  test("hand-worked scale: |3 − 1| and |5 − 2| in training, mean 2.5; errors 1 and 4, mean 2.5: exactly as good", () =>
    expect(meanAbsoluteScaledError([4, 1], [5, 5], { history: [1, 2, 3, 5], season: 2 })).toBe(1));
  test("the season is 1 unless said: |1|, |1|, |2| in training, mean 4/3; error 2, 2/(4/3)", () =>
    expect(meanAbsoluteScaledError([3], [5], { history: [1, 2, 3, 5] })).toBe(1.5));
  test("MASE has no unit, and a series with one season repeated is forecast without error", () =>
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        (season, horizon) => {
          const repeated = Array.from({ length: 3 * season.length + horizon }, (_, t) => season[t % season.length]);
          const history = repeated.slice(0, 3 * season.length);
          const forecast = seasonalNaive(history, { season: season.length, horizon });
          expect([...forecast]).toEqual(repeated.slice(3 * season.length));
          const scaled = (by: number) =>
            meanAbsoluteScaledError([by], [3 * by], { history: [0, ...season, 5000].map((v) => v * by) });
          expect(scaled(8)).toBeCloseTo(scaled(1), 12);
        },
      ),
    ));
  test("agrees with sktime", () => {
    for (const { season, horizon, history, actual, predicted, seasonalNaive: forecast, mase } of golden.series) {
      expect([...seasonalNaive(history, { season, horizon })]).toEqual(forecast);
      expect(meanAbsoluteScaledError(predicted, actual, { history, season })).toBeCloseTo(mase, 12);
    }
  });
  test("says what does not fit", () => {
    expect(() => seasonalNaive([1, 2], { season: 3, horizon: 1 })).toThrow(ShapeError);
    expect(() => seasonalNaive([1, 2], { season: 3, horizon: 1 })).toThrow(
      "seasonalNaive history: expected at least [time=3], received [2] (a season in other steps than the series?)",
    );
    expect(() => seasonalNaive([1], { season: 0, horizon: 1 })).toThrow("season: expected a positive integer");
    expect(() => seasonalNaive([1], { season: 1, horizon: 0.5 })).toThrow("horizon: expected a positive integer");
    expect(() => seasonalNaive([1, Number.NaN], { season: 1, horizon: 1 })).toThrow("history[1]: expected a finite");
    const score = (history: number[]) => meanAbsoluteScaledError([1], [1], { history, season: 2 });
    expect(() => score([1, 2])).toThrow("meanAbsoluteScaledError history: expected at least [time=3], received [2]");
    expect(() => score([1, 2, 1, 2])).toThrow("received one that repeats every 2 steps exactly");
    expect(() => meanAbsoluteScaledError([], [], { history: [1, 2] })).toThrow("at least one value, received none");
  });
});

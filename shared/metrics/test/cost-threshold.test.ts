import { ShapeError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calibratedCostThreshold, costThreshold } from "../src/index.ts";
import { readGolden } from "./golden.ts";

interface Case {
  scores: number[];
  actual: number[];
  costs: {
    falsePositiveCost: number;
    falseNegativeCost: number;
    cost: number;
    falsePositives: number;
    falseNegatives: number;
    threshold: number | null;
  }[];
}

describe("costThreshold", () => {
  // by falling score: 0.9 (1), 0.7 (0), 0.6 (1), 0.2 (0)
  const scores = [0.2, 0.9, 0.6, 0.7];
  const actual = [0, 1, 1, 0];

  test("hand-worked, a miss costs 5: catch both for one false alarm, 1/4", () =>
    expect(costThreshold(scores, actual, { falsePositive: 1, falseNegative: 5 })).toEqual({
      threshold: 0.6,
      cost: 0.25,
      falsePositives: 1,
      falseNegatives: 0,
    }));
  test("hand-worked, a false alarm costs 5: miss one, 1/4", () =>
    expect(costThreshold(scores, actual, { falsePositive: 5, falseNegative: 1 })).toMatchObject({
      threshold: 0.9,
      cost: 0.25,
    }));
  test("+∞ where calling nothing positive is cheapest", () =>
    expect(costThreshold([1, 2], [1, 0], { falsePositive: 9, falseNegative: 1 }).threshold).toBe(Infinity));

  test("costs what it says, and no threshold costs less", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.nat(1)), { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(9),
        fc.integer({ min: -1, max: 8 }),
        (pairs, falsePositive, falseNegative, other) => {
          const costAt = (threshold: number) =>
            pairs.reduce((sum, [score, label]) => {
              const called = score >= threshold ? 1 : 0;
              return sum + (called === label ? 0 : called === 1 ? falsePositive : falseNegative);
            }, 0) / pairs.length;
          const best = costThreshold(
            pairs.map(([score]) => score),
            pairs.map(([, label]) => label),
            { falsePositive, falseNegative },
          );
          expect(best.cost).toBeCloseTo(costAt(best.threshold), 12);
          expect(best.cost).toBeLessThanOrEqual(costAt(other) + 1e-12);
        },
      ),
    ));
  test("agrees with scikit-learn's confusion matrices at every threshold", () => {
    for (const { scores, actual, costs } of readGolden<{ cases: Case[] }>("ranking").cases)
      for (const { falsePositiveCost, falseNegativeCost, threshold, ...expected } of costs) {
        const best = costThreshold(scores, actual, {
          falsePositive: falsePositiveCost,
          falseNegative: falseNegativeCost,
        });
        expect(best).toEqual({ threshold: threshold ?? Infinity, ...expected });
      }
  });

  test("hand-worked for calibrated probabilities: 1/(1 + 9) = 0.1, and 0.5 for equal costs", () => {
    expect(calibratedCostThreshold({ falsePositive: 1, falseNegative: 9 })).toBe(0.1);
    expect(calibratedCostThreshold({ falsePositive: 3, falseNegative: 3 })).toBe(0.5);
  });
  test("on calibrated scores both agree: 1,000 examples at each of 0.05, 0.15, …, of which that share is positive", () => {
    const levels = Array.from({ length: 10 }, (_, i) => (2 * i + 1) / 20);
    const scores = levels.flatMap((p) => new Array<number>(1000).fill(p));
    const actual = levels.flatMap((p) => Array.from({ length: 1000 }, (_, i) => (i < Math.round(1000 * p) ? 1 : 0)));
    const costs = { falsePositive: 3, falseNegative: 7 }; // 0.3: the lowest level above it is 0.35
    expect(calibratedCostThreshold(costs)).toBe(0.3);
    expect(costThreshold(scores, actual, costs).threshold).toBe(0.35);
  });

  test.each([
    [-1, 2],
    [0, 0],
    [Number.NaN, 1],
  ])("refuses costs %d and %d", (falsePositive, falseNegative) => {
    const message = `costs: expected costs ≥ 0, not both 0, received falsePositive ${falsePositive} and`;
    expect(() => costThreshold([1], [1], { falsePositive, falseNegative })).toThrow(`costThreshold ${message}`);
    expect(() => calibratedCostThreshold({ falsePositive, falseNegative })).toThrow(message);
  });
  test("says what does not fit", () => {
    const costs = { falsePositive: 1, falseNegative: 1 };
    expect(() => costThreshold([1], [1, 0], costs)).toThrow(ShapeError);
    expect(() => costThreshold([], [], costs)).toThrow("costThreshold: expected at least one value, received none");
    expect(() => costThreshold([Infinity], [1], costs)).toThrow("costThreshold scores[0]: expected a finite number");
  });
});

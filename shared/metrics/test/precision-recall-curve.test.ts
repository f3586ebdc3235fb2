import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { averagePrecision, precisionRecallCurve } from "../src/index.ts";
import { readGolden } from "./golden.ts";
import { ranked } from "./ranked.ts";

interface Case {
  scores: number[];
  actual: number[];
  precision: number[];
  recall: number[];
  thresholds: number[];
  averagePrecision: number;
}
const golden = readGolden<{ cases: Case[] }>("ranking").cases;
const exact = { absolute: 1e-14, relative: 0 };

// by falling score: 0.9 (1), 0.8 (0), 0.8 (1), 0.3 (0)
const scores = [0.3, 0.8, 0.9, 0.8];
const actual = [0, 1, 1, 0];

describe("precision–recall", () => {
  test("hand-worked curve: 1/1, then 2/3, then 2/4", () => {
    const curve = precisionRecallCurve(scores, actual);
    expect([...curve.thresholds]).toEqual([0.9, 0.8, 0.3]);
    expect([...curve.precision]).toEqual([1, 2 / 3, 0.5]);
    expect([...curve.recall]).toEqual([0.5, 1, 1]);
  });
  test("hand-worked average: 0.5·1 + 0.5·2/3 + 0·0.5", () =>
    expect(averagePrecision(scores, actual)).toBeCloseTo(5 / 6, 14));

  test("1 for a perfect order, the share of class 1 for one score for all, in (0, 1], blind to order", () =>
    fc.assert(
      fc.property(ranked, ({ scores, actual }) => {
        const average = averagePrecision(scores, actual);
        expect(average).toBeGreaterThan(0);
        expect(average).toBeLessThanOrEqual(1 + 1e-12);
        expect(averagePrecision(actual, actual)).toBe(1);
        const share = actual.filter((label) => label === 1).length / actual.length;
        expect(averagePrecision(new Float32Array(actual.length), actual)).toBeCloseTo(share, 12);
        expect(averagePrecision(scores.toReversed(), actual.toReversed())).toBe(average);
      }),
    ));
  test("agrees with scikit-learn, but for its last made-up point", () => {
    for (const expected of golden) {
      const curve = precisionRecallCurve(expected.scores, expected.actual);
      assertClose("precision", curve.precision, expected.precision, exact);
      assertClose("recall", curve.recall, expected.recall, exact);
      expect([...curve.thresholds]).toEqual(expected.thresholds);
      expect(averagePrecision(expected.scores, expected.actual)).toBeCloseTo(expected.averagePrecision, 13);
    }
  });
  test("needs an example of class 1", () => {
    expect(() => averagePrecision([1, 2], [0, 0])).toThrow(
      "precisionRecallCurve actual: expected at least one example of class 1, received none (a split without it?)",
    );
    expect(averagePrecision([1, 2], [1, 1])).toBe(1);
  });
});

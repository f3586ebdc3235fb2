import { createRandom, ShapeError } from "@course/core";
import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rocAuc, rocCurve } from "../src/index.ts";
import { readGolden } from "./golden.ts";
import { ranked } from "./ranked.ts";

interface Case {
  scores: number[];
  actual: number[];
  falsePositiveRate: number[];
  truePositiveRate: number[];
  rocThresholds: number[];
  auc: number;
}
const golden = readGolden<{ cases: Case[] }>("ranking").cases;
const exact = { absolute: 1e-14, relative: 0 };

// by falling score: 0.9 (1), 0.8 (0), 0.8 (1), 0.3 (0)
const scores = [0.3, 0.8, 0.9, 0.8];
const actual = [0, 1, 1, 0];

describe("ROC", () => {
  test("hand-worked curve: both examples that score 0.8 are one step, up and right", () => {
    const curve = rocCurve(scores, actual);
    expect([...curve.thresholds]).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.8, 0.3]);
    expect([...curve.truePositiveRate]).toEqual([0, 0.5, 1, 1]);
    expect([...curve.falsePositiveRate]).toEqual([0, 0, 0.5, 1]);
  });
  test("hand-worked area: of four pairs three are in order and one is a tie, 3.5/4", () =>
    expect(rocAuc(scores, actual)).toBe(0.875));

  test("the area is the share of pairs in order, ties counting half", () =>
    fc.assert(
      fc.property(ranked, ({ scores, actual }) => {
        let [inOrder, pairs] = [0, 0];
        for (let p = 0; p < scores.length; p++)
          for (let n = 0; n < scores.length; n++) {
            if (actual[p] !== 1 || actual[n] !== 0) continue;
            inOrder += scores[p] > scores[n] ? 1 : scores[p] === scores[n] ? 0.5 : 0;
            pairs++;
          }
        expect(rocAuc(scores, actual)).toBeCloseTo(inOrder / pairs, 12);
      }),
    ));
  test("reversed scores give 1 − area; a rising function of the scores and another order change nothing", () =>
    fc.assert(
      fc.property(ranked, ({ scores, actual }) => {
        const area = rocAuc(scores, actual);
        const negated = scores.map((s) => -s);
        expect(rocAuc(negated, actual)).toBeCloseTo(1 - area, 12);
        expect(rocAuc(scores.map(Math.exp), actual)).toBe(area);
        expect(rocAuc(scores.toReversed(), actual.toReversed())).toBe(area);
      }),
    ));

  test("agrees with scikit-learn, ties included", () => {
    for (const expected of golden) {
      const curve = rocCurve(expected.scores, expected.actual);
      assertClose("false positive rate", curve.falsePositiveRate, expected.falsePositiveRate, exact);
      assertClose("true positive rate", curve.truePositiveRate, expected.truePositiveRate, exact);
      expect([...curve.thresholds.subarray(1)]).toEqual(expected.rocThresholds);
      expect(rocAuc(expected.scores, expected.actual)).toBeCloseTo(expected.auc, 13);
    }
  });
  test("a million scores within the time of a test: only O(n log n) is", () => {
    const random = createRandom(1);
    const labels = Uint8Array.from({ length: 1e6 }, () => random.integer(0, 2));
    const noisy = Float32Array.from(labels, (label) => label + random.uniform());
    const tied = noisy.map((score) => Math.round(score));
    expect(rocAuc(noisy, labels)).toBe(1); // class 0 in [0, 1), class 1 in [1, 2)
    expect(rocAuc(tied, labels)).toBeCloseTo(0.875, 2); // 0, 1 against 1, 2: a quarter of the pairs tie
  });

  test("needs both classes, finite scores and labels 0 and 1", () => {
    expect(() => rocAuc([1, 2], [1, 1])).toThrow(
      "rocCurve actual: expected examples of both classes, received 2 of class 1 and 0 of class 0 (a split without one of them?)",
    );
    expect(() => rocAuc([], [])).toThrow("rocCurve: expected at least one value, received none");
    expect(() => rocAuc([1, Number.NaN], [0, 1])).toThrow("rocCurve scores[1]: expected a finite number, received NaN");
    expect(() => rocAuc([1, 2], [-1, 1])).toThrow("rocCurve actual[0]: expected a class id in 0…1, received -1");
    expect(() => rocAuc([1, 2, 3], [0, 1])).toThrow(ShapeError);
  });
});

import { ShapeError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accuracy, majorityBaselineAccuracy, majorityClass } from "../src/index.ts";
import { readGolden } from "./golden.ts";

const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1 });

describe("accuracy", () => {
  test("hand-worked: right at 0 and 2 of four, 2/4", () =>
    expect(accuracy(Uint8Array.of(1, 0, 2, 2), Uint8Array.of(1, 1, 2, 0))).toBe(0.5));

  test("lies in [0, 1], is 1 against itself, symmetric, and blind to order", () =>
    fc.assert(
      fc.property(pairs, (examples) => {
        const [a, b] = [examples.map(([x]) => x), examples.map(([, y]) => y)];
        const value = accuracy(a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(accuracy(a, a)).toBe(1);
        expect(accuracy(b, a)).toBe(value);
        expect(accuracy(a.toReversed(), b.toReversed())).toBe(value);
      }),
    ));

  test("agrees with scikit-learn", () => {
    type Case = { predicted: number[]; actual: number[]; accuracy: number };
    for (const golden of readGolden<{ cases: Case[] }>("classification").cases)
      expect(accuracy(golden.predicted, golden.actual)).toBeCloseTo(golden.accuracy, 14);
  });

  test("says what does not fit and why", () => {
    expect(() => accuracy([1, 2], [1])).toThrow(ShapeError);
    expect(() => accuracy([1, 2], [1])).toThrow(
      "accuracy: expected [count=1] predictions as there are actual values, received [2] (another split, or a dropped last batch?)",
    );
    expect(() => accuracy([], [])).toThrow("accuracy: expected at least one value, received none (an empty split");
    expect(() => accuracy([0.93], [1])).toThrow(
      "accuracy predicted[0]: expected a class id 0, 1, 2, …, received 0.93 (probabilities or scores where class ids belong?)",
    );
    expect(() => accuracy([1], [-1])).toThrow("accuracy actual[0]: expected a class id 0, 1, 2, …, received -1");
    expect(() => accuracy([Number.NaN], [1])).toThrow("received NaN");
  });
});

describe("majority baseline", () => {
  test("hand-worked: 2 is the most frequent of training, and 1 of 4 in the test split", () => {
    expect(majorityClass([0, 2, 2, 1])).toBe(2);
    expect(majorityBaselineAccuracy([0, 2, 2, 1], [2, 0, 0, 0])).toBe(0.25); // not 0.75: the test split is not peeked at
  });
  test("of equally frequent classes the lowest, whichever comes first", () => {
    expect(majorityClass([3, 1, 1, 3])).toBe(1);
    expect(majorityClass([1, 3, 3, 1])).toBe(1);
  });
  test("no constant answer scores higher on the split that it was chosen from", () =>
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1 }), fc.nat(3), (labels, answer) => {
        const constant = labels.map(() => answer);
        expect(majorityBaselineAccuracy(labels, labels)).toBeGreaterThanOrEqual(accuracy(constant, labels));
      }),
    ));
  test("refuses an empty split and what is no class id", () => {
    expect(() => majorityClass([])).toThrow("majorityClass labels: expected at least one value, received none");
    expect(() => majorityBaselineAccuracy([1], [])).toThrow("expected at least one value, received none");
    expect(() => majorityClass([0.5])).toThrow("majorityClass labels[0]: expected a class id");
  });
});

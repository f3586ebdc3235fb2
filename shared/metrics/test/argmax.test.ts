import { ShapeError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accuracy, argmaxRows, topKAccuracy } from "../src/index.ts";
import { readGolden } from "./golden.ts";

const score = fc.double({ min: -5, max: 5, noNaN: true });
const rows = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 8 })).chain(([numClasses, count]) =>
  fc.record({
    numClasses: fc.constant(numClasses),
    scores: fc.array(score, { minLength: numClasses * count, maxLength: numClasses * count }),
    actual: fc.array(fc.nat(numClasses - 1), { minLength: count, maxLength: count }),
  }),
);

describe("argmaxRows", () => {
  test("hand-worked; of equal scores the first", () => {
    const scores = Float32Array.of(1, 3, 2, /* */ 5, 0, 5, /* */ -3, -2, -1);
    expect([...argmaxRows(scores, 3)]).toEqual([1, 0, 2]);
  });
  test("no score in the row is higher", () =>
    fc.assert(
      fc.property(rows, ({ numClasses, scores }) => {
        argmaxRows(Float64Array.from(scores), numClasses).forEach((best, row) => {
          const own = scores.slice(row * numClasses, (row + 1) * numClasses);
          expect(own[best]).toBe(Math.max(...own));
        });
      }),
    ));
  test("an empty input has no rows; infinities are ordered", () => {
    expect(argmaxRows(new Float32Array(0), 3)).toHaveLength(0);
    expect([...argmaxRows(Float32Array.of(-Infinity, -1, Infinity), 3)]).toEqual([2]);
  });
  test("refuses parts of rows and NaN", () => {
    expect(() => argmaxRows(new Float32Array(7), 3)).toThrow(ShapeError);
    expect(() => argmaxRows(new Float32Array(7), 3)).toThrow("[count, classes=3] flattened, received 7 values");
    expect(() => argmaxRows(Float32Array.of(1, 2, 1, Number.NaN), 2)).toThrow("row 1, class 1: expected a number");
    expect(() => argmaxRows(new Float32Array(4), 0)).toThrow("numClasses: expected a positive integer, received 0");
  });
});

describe("topKAccuracy", () => {
  // the actual classes 2, 0, 1 rank 2nd, 1st and 3rd: 1/3, 2/3, 3/3 for k = 1, 2, 3
  const scores = Float32Array.of(0.1, 0.5, 0.4, /* */ 9, 1, 1, /* */ 3, 1, 2);
  test.each([
    [1, 1 / 3],
    [2, 2 / 3],
    [3, 1],
  ])("hand-worked, k = %i", (k, expected) =>
    expect(topKAccuracy(scores, [2, 0, 1], { numClasses: 3, k })).toBe(expected),
  );

  test("k = 1 is the accuracy of argmax (also on ties), k = classes is 1, and it never falls with k", () =>
    fc.assert(
      fc.property(rows, ({ numClasses, scores, actual }) => {
        const rounded = Float64Array.from(scores, Math.round);
        const byK = Array.from({ length: numClasses }, (_, i) =>
          topKAccuracy(rounded, actual, { numClasses, k: i + 1 }),
        );
        expect(byK[0]).toBe(accuracy(argmaxRows(rounded, numClasses), actual));
        expect(byK.at(-1)).toBe(1);
        expect(byK).toEqual(byK.toSorted((a, b) => a - b));
      }),
    ));

  test("agrees with scikit-learn", () => {
    type Golden = { topK: { numClasses: number; scores: number[]; actual: number[]; accuracy: number[] } };
    const { numClasses, scores, actual, accuracy: expected } = readGolden<Golden>("probabilities").topK;
    expected.forEach((value, i) => {
      expect(topKAccuracy(Float64Array.from(scores), actual, { numClasses, k: i + 1 })).toBeCloseTo(value, 14);
    });
  });

  test("says what does not fit", () => {
    const k1 = { numClasses: 3, k: 1 };
    expect(() => topKAccuracy(scores, [2, 0], k1)).toThrow(ShapeError);
    expect(() => topKAccuracy(scores, [2, 0], k1)).toThrow(
      "[count=2, classes=3] flattened to 6 values, received 9 (another split, or another number of classes?)",
    );
    expect(() => topKAccuracy(scores, [2, 0, 3], k1)).toThrow("actual[2]: expected a class id in 0…2, received 3");
    expect(() => topKAccuracy(scores, [2, 0, 1], { numClasses: 3, k: 4 })).toThrow("k: expected an integer in 1…3");
    expect(() => topKAccuracy(Float32Array.of(Number.NaN, 1, 2), [0], k1)).toThrow("scores[0]: expected a finite");
    expect(() => topKAccuracy(new Float32Array(0), [], k1)).toThrow("expected at least one value, received none");
  });
});

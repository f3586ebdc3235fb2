import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { r2 } from "../src/index.ts";
import { readGolden } from "./golden.ts";

const golden = readGolden<{
  cases: { actual: number[]; predicted: number[]; mse: number; mae: number; rmse: number; r2: number | null }[];
}>("regression");
const value = fc.integer({ min: -1000, max: 1000 });
const pairs = fc.array(fc.tuple(value, value), { minLength: 1 });
const halves = (examples: [number, number][]) => [examples.map(([a]) => a), examples.map(([, b]) => b)];

describe("r2", () => {
  test("hand-worked: mean 2, total 4 + 0 + 4 = 8, residual 1 + 0 + 1 = 2, 1 − 2/8", () =>
    expect(r2([1, 2, 3], [0, 2, 4])).toBe(0.75));
  test("hand-worked, worse than the mean: residual 16 + 0 + 16 = 32, 1 − 32/8", () =>
    expect(r2([4, 2, 0], [0, 2, 4])).toBe(-3));
  test("0 for the mean, 1 for the truth, at most 1, unchanged by a linear change of unit", () =>
    fc.assert(
      fc.property(pairs, (examples) => {
        const [predicted, actual] = halves([...examples, [0, -2000], [0, 2000]]);
        const score = r2(predicted, actual);
        const mean = actual.reduce((a, b) => a + b) / actual.length;
        const inOtherUnit = (values: number[]) => values.map((v) => 4 * v + 32);
        expect(
          r2(
            actual.map(() => mean),
            actual,
          ),
        ).toBeCloseTo(0, 9);
        expect(r2(actual, actual)).toBe(1);
        expect(score).toBeLessThanOrEqual(1);
        expect(r2(inOtherUnit(predicted), inOtherUnit(actual))).toBeCloseTo(score, 9);
      }),
    ));
  test("agrees with scikit-learn", () => {
    for (const { actual, predicted, r2: expected } of golden.cases)
      if (expected !== null) assertClose("r2", [r2(predicted, actual)], [expected], { relative: 1e-9, absolute: 0 });
  });
  test("a constant target has none, even where its mean is rounded", () => {
    expect(() => r2([1, 2, 3], [0.1, 0.1, 0.1])).toThrow(
      "r2 actual: expected values that differ, received 3 × 0.1 (one example only, or a constant target?)",
    );
    expect(() => r2([1], [2])).toThrow("received 1 × 2");
    expect(() => r2([], [])).toThrow("r2: expected at least one value, received none");
    expect(() => r2([Number.NaN, 1], [1, 2])).toThrow("r2 predicted[0]: expected a finite number, received NaN");
  });
});

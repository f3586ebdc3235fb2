import { ShapeError } from "@course/core";
import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from "../src/index.ts";
import { readGolden } from "./golden.ts";

const golden = readGolden<{
  cases: { actual: number[]; predicted: number[]; mse: number; mae: number; rmse: number; r2: number | null }[];
}>("regression");
const relative = { relative: 1e-12, absolute: 0 };
const value = fc.integer({ min: -1000, max: 1000 });
const pairs = fc.array(fc.tuple(value, value), { minLength: 1 });
const halves = (examples: [number, number][]) => [examples.map(([a]) => a), examples.map(([, b]) => b)];

describe("errors", () => {
  // differences 1, −2, 0, 3: squares 1 + 4 + 0 + 9 = 14
  const [predicted, actual] = [
    [2, 2, 5, 3],
    [1, 4, 5, 0],
  ];
  test("hand-worked: 14/4, √3.5 and 6/4", () => {
    expect(meanSquaredError(predicted, actual)).toBe(3.5);
    expect(rootMeanSquaredError(predicted, actual)).toBe(Math.sqrt(3.5));
    expect(meanAbsoluteError(predicted, actual)).toBe(1.5);
  });
  test("symmetric, 0 against itself, blind to order and to a shift; RMSE is never below MAE", () =>
    fc.assert(
      fc.property(pairs, value, (examples, shift) => {
        const [a, b] = halves(examples);
        for (const error of [meanSquaredError, meanAbsoluteError]) {
          expect(error(a, b)).toBe(error(b, a));
          expect(error(a, a)).toBe(0);
          expect(error(a.toReversed(), b.toReversed())).toBe(error(a, b));
          const shifted = [a, b].map((values) => values.map((v) => v + shift));
          expect(error(shifted[0], shifted[1])).toBe(error(a, b));
        }
        expect(rootMeanSquaredError(a, b)).toBeGreaterThanOrEqual(meanAbsoluteError(a, b) - 1e-9);
      }),
    ));
  test("accumulates in float64: float32 would stop at 2²⁴", () =>
    expect(meanAbsoluteError(new Float32Array(2 ** 24 + 100).fill(1), new Float32Array(2 ** 24 + 100))).toBe(1));
  test("agree with scikit-learn", () => {
    for (const { actual, predicted, mse, mae, rmse } of golden.cases) {
      const errors = [meanSquaredError, meanAbsoluteError, rootMeanSquaredError].map((e) => e(predicted, actual));
      assertClose("mse, mae, rmse", errors, [mse, mae, rmse], relative);
    }
  });
  test.each([
    ["meanSquaredError", meanSquaredError],
    ["meanAbsoluteError", meanAbsoluteError],
  ])("%s says what does not fit", (name, error) => {
    expect(() => error([1], [1, 2])).toThrow(ShapeError);
    expect(() => error([], [])).toThrow(`${name}: expected at least one value, received none`);
    expect(() => error([1, Number.NaN], [1, 2])).toThrow(
      `${name} predicted[1]: expected a finite number, received NaN (a diverged model, or a missing value?)`,
    );
    expect(() => error([1], [Infinity])).toThrow(`${name} actual[0]: expected a finite number, received Infinity`);
  });
});

import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanAndSd } from "../src/index.ts";
import { readGolden } from "./golden.ts";

const golden = readGolden<{ spread: { values: number[]; mean: number; sd: number }[] }>("uncertainty");
const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 12 });

describe("meanAndSd", () => {
  test("hand-worked: mean 5, squares 9 + 1 + 1 + 9 = 20 over 3", () =>
    expect(meanAndSd([2, 4, 6, 8])).toEqual({ mean: 5, sd: Math.sqrt(20 / 3), count: 4 }));
  test("one value has no spread to show", () => expect(meanAndSd([7])).toEqual({ mean: 7, sd: undefined, count: 1 }));
  test("blind to order; a shift moves the mean and keeps the spread", () =>
    fc.assert(
      fc.property(values, fc.integer({ min: -50, max: 50 }), (list, shift) => {
        const { mean, sd = 0 } = meanAndSd([...list, 0]);
        const moved = meanAndSd([...list, 0].reverse().map((v) => v + shift));
        expect(moved.mean).toBeCloseTo(mean + shift, 9);
        expect(moved.sd).toBeCloseTo(sd, 9);
      }),
    ));
  test("agrees with NumPy, also for a small spread around a million", () => {
    for (const { values, mean, sd } of golden.spread) {
      const found = meanAndSd(values);
      assertClose("mean, sd", [found.mean, found.sd ?? Number.NaN], [mean, sd], { relative: 1e-9, absolute: 0 });
    }
  });
  test("refuses no values, and NaN", () => {
    expect(() => meanAndSd([])).toThrow("meanAndSd: expected at least one value, received none");
    expect(() => meanAndSd([1, Number.NaN])).toThrow("meanAndSd[1]: expected a finite number, received NaN");
  });
});

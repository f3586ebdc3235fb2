import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fractionAt, isDrawable, scaleOf, valueAt } from "../src/scale.ts";

describe("scaleOf", () => {
  test("spans what can be drawn", () => {
    expect(scaleOf([3, Number.NaN, -1, Number.POSITIVE_INFINITY]).domain).toEqual([-1, 3]);
    expect(scaleOf([3, 0, -1, 300], { log: true }).domain.map(Math.round)).toEqual([3, 300]);
    expect(scaleOf([0, 10], { margin: 0.1 }).domain).toEqual([-1, 11]);
  });

  test("makes room around a single value", () => {
    expect(scaleOf([0, 0]).domain).toEqual([-1, 1]);
    expect(scaleOf([100]).domain).toEqual([90, 110]);
    expect(scaleOf([8], { log: true }).domain[0]).toBeCloseTo(4, 12);
  });

  test("without a value", () =>
    expect(() => scaleOf([Number.NaN])).toThrow("scaleOf: expected a drawable value, received none"));
});

test("a value comes back from its place on the axis", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.double({ min: 0.01, max: 1000, noNaN: true }), (log, value) => {
      const scale = scaleOf([0.01, 1000], { log });
      expect(valueAt(scale, fractionAt(scale, value))).toBeCloseTo(value, 6);
    }),
  );
  expect(fractionAt(scaleOf([1, 100], { log: true }), 10)).toBeCloseTo(0.5, 12);
});

test.each([
  [0, true, false],
  [0, false, true],
  [-1, true, false],
  [Number.NaN, false, false],
  [Number.POSITIVE_INFINITY, true, false],
  [1.7e308, false, false],
])("isDrawable(%d, log %j) is %j", (value, log, expected) => expect(isDrawable(value, log)).toBe(expected));

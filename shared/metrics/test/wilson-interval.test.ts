import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalQuantile, wilsonInterval } from "../src/index.ts";
import { readGolden } from "./golden.ts";

interface Golden {
  quantiles: { p: number; z: number }[];
  wilson: { successes: number; count: number; confidence: number; low: number; high: number }[];
}
const golden = readGolden<Golden>("uncertainty");

describe("normalQuantile", () => {
  test("agrees with SciPy from 1e-300 to 1 − 1e-12", () => {
    for (const { p, z } of golden.quantiles)
      assertClose(`p = ${p}`, [normalQuantile(p)], [z], { relative: 1e-14, absolute: 1e-16 });
  });
  test.each([0, 1, 95, Number.NaN])("refuses %d", (p) =>
    expect(() => normalQuantile(p)).toThrow(`normalQuantile p: expected a fraction between 0 and 1, received ${p}`),
  );
});

describe("wilsonInterval", () => {
  test("hand-worked at z = 1.959964: 0 of 10 ends at z²/(10 + z²) = 3.841459/13.841459", () => {
    const interval = wilsonInterval(0, 10);
    expect(interval).toMatchObject({ estimate: 0, low: 0, confidence: 0.95 });
    expect(interval.high).toBeCloseTo(3.841459 / 13.841459, 6);
  });
  test("within [0, 1], around the estimate, mirrored for the failures, wider for more confidence", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const successes = Math.round(share * count);
        const { estimate, low, high } = wilsonInterval(successes, count);
        expect(0 <= low && low <= estimate && estimate <= high && high <= 1).toBe(true);
        const failures = wilsonInterval(count - successes, count);
        expect(failures.low).toBeCloseTo(1 - high, 12);
        const surer = wilsonInterval(successes, count, { confidence: 0.99 });
        expect(surer.high - surer.low).toBeGreaterThan(high - low);
      }),
    ));
  test("agrees with SciPy", () => {
    for (const { successes, count, confidence, low, high } of golden.wilson) {
      const found = wilsonInterval(successes, count, { confidence });
      assertClose("low, high", [found.low, found.high], [low, high], { absolute: 1e-14, relative: 0 });
    }
  });
  test.each([
    [0.9, 100],
    [-1, 10],
    [11, 10],
    [0, 0],
  ])("refuses %d of %d", (successes, count) =>
    expect(() => wilsonInterval(successes, count)).toThrow(
      `wilsonInterval: expected integers 0 ≤ successes ≤ count and count ≥ 1, received ${successes} of ${count} ` +
        "(a fraction instead of a count?)",
    ),
  );
  test("refuses a confidence in percent", () =>
    expect(() => wilsonInterval(1, 2, { confidence: 95 })).toThrow("received 95 (a percentage?)"));
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { summarizeHistogram } from "../../src/tensorboard/histogram.ts";
import { readOutcome } from "./outcome.ts";

describe("summarizeHistogram", () => {
  test("hand-worked", () => {
    // from 0 to 4 in 4 buckets of width 1: [0,1) holds 0 and 0.5, [1,2) holds 1, [2,3) nothing, [3,4] holds 4
    expect(summarizeHistogram([4, 0, 0.5, 1], 4)).toEqual({
      min: 0,
      max: 4,
      count: 4,
      sum: 5.5,
      sumOfSquares: 17.25, // 16 + 0 + 0.25 + 1
      limits: [1, 2, 3, 4],
      counts: [2, 1, 0, 1],
    });
  });
  test("one value many times is one bucket", () =>
    expect(summarizeHistogram([2, 2, 2])).toMatchObject({ min: 2, max: 2, limits: [2], counts: [3] }));
  test("a range too small to divide is one bucket", () =>
    expect(summarizeHistogram([0, Number.MIN_VALUE])).toMatchObject({ limits: [Number.MIN_VALUE], counts: [2] }));
  test("nothing has no bucket", () =>
    expect(summarizeHistogram([])).toEqual({
      min: 0,
      max: 0,
      count: 0,
      sum: 0,
      sumOfSquares: 0,
      limits: [],
      counts: [],
    }));
  test("every value is counted once, and edges rise up to the largest value", () =>
    fc.assert(
      fc.property(
        fc.array(
          // below 1e-300 a bucket is narrower than the steps between numbers
          fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((v) => (Math.abs(v) < 1e-300 ? 0 : v)),
          { minLength: 1 },
        ),
        fc.integer({ min: 1, max: 40 }),
        (values, numBuckets) => {
          const { counts, limits, max } = summarizeHistogram(values, numBuckets);
          expect(counts.reduce((a, b) => a + b)).toBe(values.length);
          expect(limits.at(-1)).toBe(max);
          expect(limits).toEqual([...limits].sort((a, b) => a - b));
        },
      ),
    ));
  test.each([
    [[1, Number.NaN], 1],
    [[Number.NEGATIVE_INFINITY], 0],
  ])("refuses %s", (values, index) =>
    expect(() => summarizeHistogram(values)).toThrow(
      `expected finite values, received ${values[index]} at index ${index}`,
    ),
  );

  test.each(Object.entries(readOutcome().buckets))(
    "the buckets of tf.summary.histogram: %s",
    (_, { values, buckets }) => {
      const { min, limits, counts } = summarizeHistogram(values);
      expect(counts).toEqual(buckets.map(([, , count]) => count));
      buckets.forEach(([left, right], i) => {
        expect(i === 0 ? min : limits[i - 1]).toBeCloseTo(left!, 10);
        expect(limits[i]).toBeCloseTo(right!, 10);
      });
    },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedCalibrationError, reliabilityBins } from "../src/index.ts";
import { readGolden } from "./golden.ts";

interface Case {
  numClasses: number;
  probabilities: number[];
  actual: number[];
  reliability: { count: number; confidence: number; accuracy: number }[];
  calibrationError: number;
}

describe("calibration", () => {
  // confidences 0.8 (right), 0.9 (wrong) and 0.6 (right); two bins: (0, 0.5] is empty
  const probabilities = Float64Array.of(0.8, 0.2, 0.1, 0.9, 0.6, 0.4);
  const actual = [0, 0, 0];

  test("hand-worked: one bin of 3, accuracy 2/3, confidence 2.3/3, error 0.1", () => {
    const [bin, ...others] = reliabilityBins(probabilities, actual, { numClasses: 2, bins: 2 });
    expect(others).toEqual([]);
    expect(bin).toMatchObject({ low: 0.5, high: 1, count: 3, accuracy: 2 / 3 });
    expect(bin.confidence).toBeCloseTo(2.3 / 3, 14);
    expect(expectedCalibrationError(probabilities, actual, { numClasses: 2, bins: 2 })).toBeCloseTo(0.1, 14);
  });
  test("hand-worked, ten bins: (|1 − 0.8| + |0 − 0.9| + |1 − 0.6|)/3 = 0.5", () =>
    expect(expectedCalibrationError(probabilities, actual, { numClasses: 2, bins: 10 })).toBeCloseTo(0.5, 14));
  test("a confidence on an edge belongs to the bin below it", () =>
    expect(reliabilityBins(Float64Array.of(0.5, 0.5), [0], { numClasses: 2, bins: 2 })[0].high).toBe(0.5));
  test("0 where certain and right, 1 where certain and wrong", () => {
    expect(expectedCalibrationError(Float32Array.of(1, 0), [0], { numClasses: 2 })).toBe(0);
    expect(expectedCalibrationError(Float32Array.of(1, 0), [1], { numClasses: 2 })).toBe(1);
  });

  test("lies in [0, 1]; bins hold every example once, within their edges", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1)), { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (pairs, bins) => {
          const rows = Float64Array.from(pairs.flatMap(([p]) => [p, 1 - p]));
          const labels = pairs.map(([, label]) => label);
          const error = expectedCalibrationError(rows, labels, { numClasses: 2, bins });
          expect(error).toBeGreaterThanOrEqual(0);
          expect(error).toBeLessThanOrEqual(1);
          const filled = reliabilityBins(rows, labels, { numClasses: 2, bins });
          expect(filled.reduce((sum, bin) => sum + bin.count, 0)).toBe(pairs.length);
          for (const bin of filled) {
            expect(bin.confidence).toBeGreaterThan(bin.low - 1e-12);
            expect(bin.confidence).toBeLessThan(bin.high + 1e-12);
          }
        },
      ),
    ));

  test("agrees with scikit-learn's calibration curve of confidence against correctness", () => {
    for (const golden of readGolden<{ cases: Case[] }>("probabilities").cases) {
      const rows = Float64Array.from(golden.probabilities);
      const bins = reliabilityBins(rows, golden.actual, golden);
      expect(bins.map(({ count }) => count)).toEqual(golden.reliability.map(({ count }) => count));
      bins.forEach((bin, b) => {
        expect(bin.confidence).toBeCloseTo(golden.reliability[b].confidence, 13);
        expect(bin.accuracy).toBeCloseTo(golden.reliability[b].accuracy, 13);
      });
      expect(expectedCalibrationError(rows, golden.actual, golden)).toBeCloseTo(golden.calibrationError, 13);
    }
  });

  test("refuses logits, no examples, a class out of range and no bins", () => {
    const two = { numClasses: 2 };
    expect(() => expectedCalibrationError(Float32Array.of(3, -1), [0], two)).toThrow("likely logits");
    expect(() => reliabilityBins(new Float32Array(0), [], two)).toThrow("expected at least one value, received none");
    expect(() => reliabilityBins(Float32Array.of(1, 0), [2], two)).toThrow("actual[0]: expected a class id in 0…1");
    expect(() => reliabilityBins(Float32Array.of(1, 0), [0], { numClasses: 2, bins: 0 })).toThrow(
      "reliabilityBins bins: expected a positive integer, received 0",
    );
  });
});

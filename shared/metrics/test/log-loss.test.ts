import { ShapeError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binaryBrierScore, binaryLogLoss, brierScore, logLoss } from "../src/index.ts";
import { readGolden } from "./golden.ts";

interface Golden {
  cases: { numClasses: number; probabilities: number[]; actual: number[]; logLoss: number; brier: number }[];
  binary: { probabilities: number[]; actual: number[]; logLoss: number; logLossFloat32: number; brier: number };
}
const golden = readGolden<Golden>("probabilities");

const forecasts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1)), { minLength: 1 });
const asRows = (ofClass1: Float64Array) => Float64Array.from([...ofClass1].flatMap((p) => [1 - p, p]));

describe("logLoss", () => {
  test("hand-worked: −(ln ½ + ln ¼)/2 = 1.5 ln 2", () =>
    expect(logLoss(Float64Array.of(0.5, 0.5, 0.75, 0.25), [0, 1], 2)).toBeCloseTo(1.5 * Math.LN2, 14));
  test("C equal probabilities: ln C", () =>
    expect(logLoss(new Float64Array(10).fill(0.1), [7], 10)).toBeCloseTo(Math.log(10), 14));
  test("certain and wrong stays finite: −ln ε of the array's precision", () => {
    expect(logLoss(Float64Array.of(1, 0), [1], 2)).toBeCloseTo(52 * Math.LN2, 12);
    expect(logLoss(Float32Array.of(1, 0), [1], 2)).toBeCloseTo(23 * Math.LN2, 12);
  });
  test("agrees with scikit-learn", () => {
    for (const { numClasses, probabilities, actual, logLoss: expected } of golden.cases)
      expect(logLoss(Float64Array.from(probabilities), actual, numClasses)).toBeCloseTo(expected, 12);
    const { probabilities, actual, logLoss: expected, logLossFloat32 } = golden.binary;
    expect(binaryLogLoss(Float64Array.from(probabilities), actual)).toBeCloseTo(expected, 12);
    expect(binaryLogLoss(Float32Array.from(probabilities), actual)).toBeCloseTo(logLossFloat32, 5);
  });
});

describe("brierScore", () => {
  test("hand-worked: (0.5² + 0.5²) and (0.75² + 0.75²), mean 0.8125", () =>
    expect(brierScore(Float64Array.of(0.5, 0.5, 0.75, 0.25), [0, 1], 2)).toBe(0.8125));
  test("0 where certain and right, 2 where certain and wrong", () => {
    expect(brierScore(Float64Array.of(0, 1, 0), [1], 3)).toBe(0);
    expect(brierScore(Float64Array.of(0, 1, 0), [2], 3)).toBe(2);
  });
  test("agrees with scikit-learn", () => {
    for (const { numClasses, probabilities, actual, brier } of golden.cases)
      expect(brierScore(Float64Array.from(probabilities), actual, numClasses)).toBeCloseTo(brier, 13);
    const { probabilities, actual, brier } = golden.binary;
    expect(binaryBrierScore(Float64Array.from(probabilities), actual)).toBeCloseTo(brier, 13);
  });
});

describe("both", () => {
  test("the binary form is the one of two rows (half of it for Brier), at least 0, blind to order", () =>
    fc.assert(
      fc.property(forecasts, (pairs) => {
        const p = Float64Array.from(pairs, ([probability]) => probability);
        const y = pairs.map(([, label]) => label);
        expect(binaryLogLoss(p, y)).toBeCloseTo(logLoss(asRows(p), y, 2), 9);
        expect(binaryBrierScore(p, y)).toBeCloseTo(brierScore(asRows(p), y, 2) / 2, 12);
        expect(binaryLogLoss(p, y)).toBeGreaterThanOrEqual(0);
        expect(binaryBrierScore(p, y)).toBeGreaterThanOrEqual(0);
        expect(binaryLogLoss(p.toReversed(), y.toReversed())).toBeCloseTo(binaryLogLoss(p, y), 9);
      }),
    ));

  test.each([
    ["logLoss", logLoss],
    ["brierScore", brierScore],
  ])("%s says what is no probability, and what does not fit", (name, score) => {
    expect(() => score(Float64Array.of(2.3, -1), [0], 2)).toThrow(
      `${name} probabilities[0]: expected a probability in [0, 1], received 2.3 (likely logits: apply softmax or sigmoid)`,
    );
    expect(() => score(Float64Array.of(Number.NaN, 1), [0], 2)).toThrow("received NaN");
    expect(() => score(Float64Array.of(0.5, 0.5, 0.9, 0.8), [0, 1], 2)).toThrow(
      `${name} probabilities row 1: expected probabilities that sum to 1, received 1.7000000000000002 ` +
        "(likely logits or independent sigmoids: apply softmax)",
    );
    expect(() => score(Float64Array.of(0.5, 0.5), [2], 2)).toThrow(`${name} actual[0]: expected a class id in 0…1`);
    expect(() => score(Float64Array.of(0.5, 0.5), [0, 1], 2)).toThrow(ShapeError);
    expect(() => score(new Float64Array(0), [], 2)).toThrow("expected at least one value, received none");
  });
  test.each([
    ["binaryLogLoss", binaryLogLoss],
    ["binaryBrierScore", binaryBrierScore],
  ])("%s does so too", (name, score) => {
    expect(() => score(Float64Array.of(-0.1), [0])).toThrow(`${name} probabilities[0]: expected a probability`);
    expect(() => score(Float64Array.of(0.1), [2])).toThrow(`${name} actual[0]: expected a class id in 0…1`);
    expect(() => score(Float64Array.of(0.1), [1, 0])).toThrow(ShapeError);
    expect(() => score(new Float64Array(0), [])).toThrow("expected at least one value, received none");
  });
  test("a float32 softmax over many classes sums to 1 closely enough", () => {
    const probabilities = new Float32Array(7423).fill(1 / 7423);
    expect(logLoss(probabilities, [9], 7423)).toBeCloseTo(Math.log(7423), 4);
  });
});

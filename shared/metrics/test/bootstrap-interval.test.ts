import { createRandom, ShapeError } from "@course/core";
import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bootstrapIndexInterval,
  bootstrapInterval,
  confusionMatrix,
  f1,
  type Interval,
  pairedBootstrapInterval,
} from "../src/index.ts";
import { readGolden } from "./golden.ts";

interface Bounds {
  confidence: number;
  low: number;
  high: number;
  lowError: number;
  highError: number;
}
interface Golden {
  bootstrap: { values: number[]; other: number[]; resamples: number } & Record<
    "mean" | "mean50" | "deviation" | "paired",
    Bounds
  >;
}
const golden = readGolden<Golden>("uncertainty");
const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 12 });

describe("bootstrap", () => {
  const { bootstrap } = golden;
  const seeded = (options = {}) => ({ random: createRandom(1), ...options });

  test("exact case: of 0 and 1 the means 0, ½, 1 come with ¼, ½, ¼; the middle 40 % is ½, the middle 95 % all", () => {
    const options = seeded({ resamples: 4000 });
    expect(bootstrapInterval([0, 1], { ...options, confidence: 0.4 })).toMatchObject({
      estimate: 0.5,
      low: 0.5,
      high: 0.5,
    });
    expect(bootstrapInterval([0, 1], options)).toEqual({ estimate: 0.5, low: 0, high: 1, confidence: 0.95 });
  });
  test("exact case: quantiles between order statistics are interpolated linearly", () => {
    // the statistic counts up 0 (the estimate), 1, 2, …, 5: positions 0.1·4 = 0.4 and 3.6 between 1 and 5
    let calls = 0;
    const interval = bootstrapIndexInterval(1, () => calls++, seeded({ resamples: 5, confidence: 0.8 }));
    assertClose("low, high", [interval.low, interval.high], [1.4, 4.6], { absolute: 1e-12 });
  });
  test("exact case: equal values, and equal differences of a pair, have no width", () => {
    expect(bootstrapInterval([3, 3, 3], seeded())).toMatchObject({ estimate: 3, low: 3, high: 3 });
    const paired = pairedBootstrapInterval([5, 9, 1], [4, 8, 0], seeded()); // unpaired draws would spread
    assertClose("paired", [paired.low, paired.estimate, paired.high], [1, 1, 1], { absolute: 1e-14 });
  });
  test("one seed, one interval", () => {
    const run = () => bootstrapInterval(bootstrap.values, seeded({ resamples: 200 }));
    expect(run()).toEqual(run());
  });
  test("holds the estimate's neighbourhood, within the values' range; swapping a pair changes the sign", () =>
    fc.assert(
      fc.property(values, fc.integer(), (list, seed) => {
        const options = { resamples: 50 };
        const { low, high } = bootstrapInterval(list, { ...options, random: createRandom(seed) });
        expect(low).toBeGreaterThanOrEqual(Math.min(...list) - 1e-9);
        expect(high).toBeLessThanOrEqual(Math.max(...list) + 1e-9);
        expect(low).toBeLessThanOrEqual(high);
        const other = list.map((v, i) => v * ((i % 3) - 1));
        const forth = pairedBootstrapInterval(list, other, { ...options, random: createRandom(seed) });
        const back = pairedBootstrapInterval(other, list, { ...options, random: createRandom(seed) });
        assertClose("swapped", [back.low, back.high], [-forth.high, -forth.low], { absolute: 1e-9 });
      }),
    ));

  test("agrees with SciPy within 5 Monte-Carlo errors: mean, standard deviation, paired difference", () => {
    const options = (confidence: number) => seeded({ resamples: bootstrap.resamples, confidence });
    for (const expected of [bootstrap.mean, bootstrap.mean50])
      assertWithin(bootstrapInterval(bootstrap.values, options(expected.confidence)), expected);
    const statistic = (sample: Float64Array) => {
      const mean = sample.reduce((a, b) => a + b) / sample.length;
      return Math.sqrt(sample.reduce((sum, v) => sum + (v - mean) ** 2, 0) / sample.length);
    };
    const spread = bootstrapInterval(bootstrap.values, { ...options(bootstrap.deviation.confidence), statistic });
    assertWithin(spread, bootstrap.deviation);
    const { paired, values, other } = bootstrap;
    assertWithin(pairedBootstrapInterval(values, other, options(paired.confidence)), paired);
  });
  test("any statistic of examples: macro F1, whose estimate is that of the whole", () => {
    const [predicted, actual] = [Uint8Array.of(0, 1, 1, 0, 2, 2), Uint8Array.of(0, 1, 0, 0, 2, 1)];
    const at = (from: Uint8Array, indices: Uint32Array) => Uint8Array.from(indices, (i) => from[i]);
    const score = (i: Uint32Array) => f1(confusionMatrix(at(predicted, i), at(actual, i), 3));
    const { estimate, low, high } = bootstrapIndexInterval(6, score, seeded({ resamples: 300 }));
    expect(estimate).toBe(f1(confusionMatrix(predicted, actual, 3)));
    expect(low).toBeLessThan(estimate);
    expect(high).toBeGreaterThan(estimate);
  });

  test("says what does not fit", () => {
    expect(() => bootstrapInterval([], seeded())).toThrow("expected at least one value, received none");
    expect(() => bootstrapInterval([1, Number.NaN], seeded())).toThrow(
      "bootstrapInterval values[1]: expected a finite",
    );
    expect(() => pairedBootstrapInterval([1, 2], [1], seeded())).toThrow(ShapeError);
    expect(() => pairedBootstrapInterval([1, 2], [1], seeded())).toThrow(
      "pairedBootstrapInterval b: expected [count=2], received [1] (not the same examples?)",
    );
    expect(() => bootstrapInterval([1], seeded({ resamples: 0 }))).toThrow("resamples: expected a positive integer");
    expect(() => bootstrapInterval([1], seeded({ confidence: 95 }))).toThrow("confidence: expected a fraction");
    expect(() => bootstrapInterval([1, 2], { ...seeded(), statistic: () => Number.NaN })).toThrow(
      "bootstrapInterval statistic: expected a finite number for every resample, received NaN " +
        "(a statistic that a sample without one of the classes does not have?)",
    );
  });
});

function assertWithin(found: Interval, expected: Bounds): void {
  assertClose("low", [found.low], [expected.low], { absolute: 5 * expected.lowError, relative: 0 });
  assertClose("high", [found.high], [expected.high], { absolute: 5 * expected.highError, relative: 0 });
}

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  constant,
  cosine,
  holdThenFall,
  oneCycle,
  type Schedule,
  stepDecay,
  warmCosine,
  withWarmup,
} from "../../src/schedule/index.ts";

const golden = JSON.parse(readFileSync(new URL("golden/schedules.json", import.meta.url), "utf8")) as Record<
  string,
  number[]
>;
const first = (schedule: Schedule, count: number) => Array.from({ length: count }, (_, step) => schedule(step));

describe("hand-worked", () => {
  test("constant", () => expect(first(constant(0.5), 3)).toEqual([0.5, 0.5, 0.5]));
  test("step decay halves every two steps", () =>
    expect(first(stepDecay(8, { every: 2, factor: 0.5 }), 6)).toEqual([8, 8, 4, 4, 2, 2]));
  test("cosine: whole, half way, end, and the end from there on", () => {
    const schedule = cosine(2, { steps: 10, final: 0.1 });
    // half way the cosine is 0: the mean of 2 and 0.2
    for (const [step, rate] of [
      [0, 2],
      [5, 1.1],
      [10, 0.2],
      [99, 0.2],
    ])
      expect(schedule(step!)).toBeCloseTo(rate!, 14);
  });
  test("hold then fall: 12 steps whole, then 1/4 less a step", () =>
    expect([0, 12, 13, 14, 15, 16, 17].map(holdThenFall(1, { steps: 16 }))).toEqual([1, 1, 0.75, 0.5, 0.25, 0, 0]));
  test("hold then fall without a fall", () => expect(holdThenFall(1, { steps: 4, fallFraction: 0 })(9)).toBe(0));
  test("warm-up in three stairs, then the schedule from its own step 0", () =>
    expect(first(withWarmup(stepDecay(4, { every: 1, factor: 0.5 }), 3), 6)).toEqual([1, 2, 3, 4, 2, 1]));
  test("a warm cosine: three stairs of ten steps, then half a cosine of seven", () => {
    const schedule = warmCosine(0.4, { steps: 10, warmup: 0.3 });
    [0.1, 0.2, 0.3, 0.4, 0.2 * (1 + Math.cos(Math.PI / 7))].forEach((rate, step) => {
      expect(schedule(step)).toBeCloseTo(rate, 14);
    });
  });
  test("a warm cosine without a warm-up begins at its highest; one of a single step has a rate", () => {
    expect(warmCosine(0.4, { steps: 10, warmup: 0 })(0)).toBe(0.4);
    for (const warmup of [0, 0.5, 1]) expect(warmCosine(0.4, { steps: 1, warmup })(0)).toBeGreaterThan(0);
  });
  test("one cycle: first, peak, last", () => {
    const schedule = oneCycle(1, { steps: 20, riseFraction: 0.5, startDivisor: 10, finalDivisor: 100 });
    expect(schedule(0)).toBeCloseTo(0.1, 14);
    expect(schedule(9)).toBe(1); // 0.5 · 20 − 1
    expect(schedule(19)).toBeCloseTo(0.001, 14);
    expect(schedule(50)).toBeCloseTo(0.001, 14);
  });
  test("one cycle of one step is its end", () => expect(oneCycle(1, { steps: 1 })(0)).toBeCloseTo(1 / 25 / 1e4, 14));
});

describe("PyTorch's schedulers", () => {
  const ours: Record<string, Schedule> = {
    stepDecay: stepDecay(0.3, { every: 7, factor: 0.3 }),
    cosine: cosine(0.3, { steps: 20, final: 0.1 }),
    warmCosine: withWarmup(cosine(0.3, { steps: 15 }), 5),
    warmConstant: withWarmup(constant(0.3), 4),
    holdThenFall: holdThenFall(0.3, { steps: 20, final: 0.1 }),
    oneCycle: oneCycle(0.3, { steps: 20 }),
    oneCycleOdd: oneCycle(0.3, { steps: 17, riseFraction: 0.45, startDivisor: 10, finalDivisor: 100 }),
  };
  test.each(Object.keys(ours))("%s", (name) => {
    const expected = golden[name]!;
    first(ours[name]!, expected.length).forEach((rate, step) => {
      expect(rate, `step ${step}`).toBeCloseTo(expected[step]!, 12);
    });
  });
});

test("no rate is above the highest or below 0, however far", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.nat(200),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (steps, step, share) => {
        const schedules = [
          stepDecay(2, { every: steps, factor: share }),
          cosine(2, { steps, final: share }),
          holdThenFall(2, { steps, fallFraction: share }),
          oneCycle(2, { steps, riseFraction: share / 2 }),
        ];
        for (const schedule of [...schedules, ...schedules.map((one) => withWarmup(one, steps))]) {
          expect(schedule(step)).toBeGreaterThanOrEqual(0);
          expect(schedule(step)).toBeLessThanOrEqual(2 + 1e-12);
        }
      },
    ),
  ));

describe("bad settings", () => {
  test.each<[string, () => unknown]>([
    ["constant rate: expected a number above 0, received 0", () => constant(0)],
    [
      "stepDecay every: expected a whole number of steps above 0, received 0.5 (epochs instead of steps?)",
      () => stepDecay(1, { every: 0.5 }),
    ],
    ["stepDecay factor: expected a fraction in [0, 1], received 10", () => stepDecay(1, { every: 1, factor: 10 })],
    ["cosine rate: expected a number above 0, received NaN", () => cosine(Number.NaN, { steps: 1 })],
    ["cosine steps", () => cosine(1, { steps: 0 })],
    ["cosine final", () => cosine(1, { steps: 1, final: -1 })],
    ["holdThenFall fallFraction", () => holdThenFall(1, { steps: 1, fallFraction: 25 })],
    ["withWarmup steps", () => withWarmup(constant(1), 0)],
    ["warmCosine warmup", () => warmCosine(1, { steps: 5, warmup: 10 })],
    ["oneCycle riseFraction", () => oneCycle(1, { steps: 5, riseFraction: 30 })],
    [
      "oneCycle startDivisor: expected a number from 1 up, received 0",
      () => oneCycle(1, { steps: 5, startDivisor: 0 }),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

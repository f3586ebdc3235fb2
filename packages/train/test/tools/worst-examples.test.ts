import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { worstExamples } from "../../src/tools/index.ts";

describe("worstExamples", () => {
  test("the worst first, of equal ones the earlier", () =>
    expect(worstExamples(Float32Array.of(1, 5, 3, 5, 0), 3)).toEqual([
      { index: 1, loss: 5 },
      { index: 3, loss: 5 },
      { index: 2, loss: 3 },
    ]));
  test("fewer where there are not as many, none of none", () => {
    expect(worstExamples([2], 5)).toEqual([{ index: 0, loss: 2 }]);
    expect(worstExamples([], 5)).toEqual([]);
    expect(worstExamples([2], 0)).toEqual([]);
  });
  test("no example left out is worse", () =>
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), fc.nat(10), (losses, count) => {
        const worst = worstExamples(losses, count);
        const rest = losses.filter((_, i) => !worst.some(({ index }) => index === i));
        expect(rest.length + worst.length).toBe(losses.length);
        expect(Math.max(...rest)).toBeLessThanOrEqual(Math.min(...worst.map(({ loss }) => loss)));
      }),
    ));
  test("NaN is named, a count must be whole", () => {
    expect(() => worstExamples([1, Number.NaN], 1)).toThrow("expected numbers, received NaN for example 1");
    expect(() => worstExamples([1], 0.5)).toThrow(
      "worstExamples count: expected a whole number from 0 up, received 0.5",
    );
  });
});

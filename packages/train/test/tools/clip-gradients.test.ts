import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TrainingError } from "../../src/interrupt.ts";
import { clipByGlobalNorm, clipByValue, globalNorm } from "../../src/tools/index.ts";
import { readGolden } from "./golden.ts";

const { before, limit, norm, byNorm, byValue } = readGolden().clipping;
const copy = () =>
  Object.fromEntries(Object.entries(before).map(([name, values]) => [name, Float64Array.from(values)]));

describe("clipByGlobalNorm", () => {
  test("hand-worked: [3] and [4] have norm 5; to 1 they become [0.6] and [0.8]", () => {
    const gradients = { a: Float32Array.of(3), b: Float64Array.of(4) };
    expect(clipByGlobalNorm(gradients, 1)).toBe(5);
    expect([gradients.a[0], gradients.b[0]]).toEqual([Math.fround(0.6), 0.8]);
  });
  test("a smaller norm changes nothing", () => {
    const gradients = { a: Float64Array.of(3, 4) };
    expect(clipByGlobalNorm(gradients, 5)).toBe(5);
    expect([...gradients.a]).toEqual([3, 4]);
  });
  test("nothing has norm 0", () => expect(clipByGlobalNorm({}, 1)).toBe(0));
  test("keeps the direction and ends at the limit", () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 }), (values) => {
        const gradients = { a: Float64Array.from(values) };
        const length = clipByGlobalNorm(gradients, 2);
        const scale = Math.min(1, 2 / Math.max(length, 1e-300));
        gradients.a.forEach((value, i) => {
          expect(value).toBeCloseTo(values[i]! * scale, 9);
        });
        expect(globalNorm(gradients)).toBeLessThanOrEqual(2 * (1 + 1e-12));
      }),
    ));
  test("PyTorch, which divides by the norm + 1e-6", () => {
    const gradients = copy();
    expect(clipByGlobalNorm(gradients, limit)).toBeCloseTo(norm, 12);
    for (const [name, values] of Object.entries(byNorm))
      values.forEach((value, i) => {
        expect(gradients[name]![i]).toBeCloseTo(value, 5);
      });
  });
});

describe("clipByValue", () => {
  test("hand-worked", () => {
    const gradients = { a: Float64Array.of(-3, -1, 0.5, Number.POSITIVE_INFINITY) };
    clipByValue(gradients, 1);
    expect([...gradients.a]).toEqual([-1, -1, 0.5, 1]);
  });
  test("PyTorch", () => {
    const gradients = copy();
    clipByValue(gradients, limit);
    expect(Object.fromEntries(Object.entries(gradients).map(([name, values]) => [name, [...values]]))).toEqual(byValue);
  });
});

test("a gradient that is not finite is named, and nothing is scaled", () => {
  const gradients = { kernel: Float64Array.of(9), bias: Float64Array.of(1, Number.NaN) };
  expect(() => clipByGlobalNorm(gradients, 1)).toThrow(TrainingError);
  expect(() => clipByGlobalNorm(gradients, 1)).toThrow(
    'gradient of "bias": expected finite numbers, received NaN at index 1 (learning rate too high',
  );
  expect(gradients.kernel[0]).toBe(9);
  expect(() => clipByValue(gradients, 1)).toThrow('gradient of "bias"');
});
test.each([0, -1, Number.NaN])("a limit of %s", (wrong) => {
  expect(() => clipByValue({}, wrong)).toThrow(`clipByValue limit: expected a number above 0, received ${wrong}`);
  expect(() => clipByGlobalNorm({}, wrong)).toThrow("clipByGlobalNorm limit");
});

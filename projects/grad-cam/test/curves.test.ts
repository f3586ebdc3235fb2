import { useBackend } from "@course/tf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areaUnder, changedImages, deletionAndInsertion, pixelOrder } from "../src/curves.ts";
import { linearNetwork } from "./cases.ts";

await useBackend();

describe("the order of pixels", () => {
  test("4.1 hand-worked: falling; of equal values the earlier first", () =>
    expect([...pixelOrder(Float32Array.of(0.2, 0.9, -1, 0.9, 0.5))]).toEqual([1, 3, 4, 0, 2]));
  test("4.1 holds every pixel once", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 40 }), (values) => {
        const order = pixelOrder(Float32Array.from(values));
        expect([...order].sort((a, b) => a - b)).toEqual(values.map((_, i) => i));
      }),
    ));
});

describe("images that lose and get pixels", () => {
  test("4.2 hand-worked: two pixels, two steps, one channel", () => {
    // order: pixel 1 first. deletion: both, then pixel 0, then none; insertion: none, pixel 1, both
    const series = changedImages(Float32Array.of(3, 7), Uint32Array.of(1, 0), { steps: 2, shade: 9 });
    expect([...series]).toEqual([3, 7, 3, 9, 9, 9, 9, 9, 9, 7, 3, 7]);
  });
  test("4.2 a pixel's channels go together, and steps need not divide the pixels", () => {
    const image = Float32Array.of(1, 2, 3, 4, 5, 6); // three pixels of two channels
    const series = changedImages(image, Uint32Array.of(2, 0, 1), { steps: 2, shade: 0 });
    // half of 3 is rounded to 2: pixels 2 and 0 have gone
    expect([...series.slice(6, 12)]).toEqual([0, 0, 3, 4, 0, 0]);
    expect([...series.slice(24, 30)]).toEqual([1, 2, 0, 0, 5, 6]);
  });
});

describe("area under a curve", () => {
  test("4.3 hand-worked", () => expect(areaUnder([1, 0.5, 0])).toBe(0.5));
  test("4.3 trapezoids, not bars", () => expect(areaUnder([0, 0, 0, 0, 1])).toBe(1 / 8));
  test("4.3 of a constant, its height, for any number of points", () =>
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (points, height) => {
        expect(areaUnder(Array(points).fill(height))).toBeCloseTo(height, 10);
      }),
    ));
});

describe("deletion and insertion", () => {
  test("a map that knows the weights beats its opposite, and ends where all pixels are gone", () => {
    const weights = [4, 0, 0, 1, 0, 2, 0, 0, 0];
    const model = linearNetwork(
      [3, 3, 1],
      weights,
      weights.map((w) => -w),
    );
    const images = new Float32Array(9).fill(1);
    const maps = Float32Array.of(...weights);
    const question = { images, size: [3, 3, 1] as const, classes: [0], steps: 9, shade: 0 };
    const good = deletionAndInsertion(model, { ...question, maps });
    const bad = deletionAndInsertion(model, { ...question, maps: maps.map((value) => -value) });
    expect(areaUnder(good.deletion[0]!)).toBeLessThan(areaUnder(bad.deletion[0]!) - 0.1);
    expect(areaUnder(good.insertion[0]!)).toBeGreaterThan(areaUnder(bad.insertion[0]!) + 0.1);
    expect(good.deletion[0]!.at(-1)).toBeCloseTo(0.5, 6); // black: no score for either class
    expect(good.insertion[0]![0]).toBeCloseTo(0.5, 6);
    expect(good.insertion[0]!.at(-1)).toBeCloseTo(good.deletion[0]![0]!, 6);
  });
  test("maps of another size are refused", () => {
    const model = linearNetwork([1, 2, 1], [1, 2], [3, 4]);
    const question = { images: new Float32Array(2), size: [1, 2, 1] as const, classes: [0], steps: 2, shade: 0 };
    expect(() => deletionAndInsertion(model, { ...question, maps: new Float32Array(3) })).toThrow(
      "maps: expected [count·height·width=2], received [3]",
    );
  });
});

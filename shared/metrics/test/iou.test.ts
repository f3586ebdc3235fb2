import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, giou, iou, iouMatrix } from "../src/index.ts";
import { anyBox, shift } from "./boxes.ts";
import { readGolden } from "./golden.ts";

const golden = readGolden<{ pairs: { a: Box; b: Box; iou: number; giou: number }[] }>("boxes").pairs;

describe("iou", () => {
  test("hand-worked overlap", () => {
    // 2×2 boxes offset by (1, 1): intersection 1, union 4 + 4 − 1 = 7
    expect(iou([0, 0, 2, 2], [1, 1, 3, 3])).toBeCloseTo(1 / 7, 14);
  });
  test("boxes that only touch do not overlap", () => expect(iou([0, 0, 1, 1], [1, 0, 2, 1])).toBe(0));
  test("apart on both axes: two negative sides must not multiply to a positive area", () =>
    expect(iou([0, 0, 1, 1], [5, 5, 6, 6])).toBe(0));
  test("two empty boxes", () => expect(iou([1, 1, 1, 1], [1, 1, 1, 1])).toBe(0));
  test("is symmetric, within [0, 1], 1 against itself, and blind to where the origin is", () =>
    fc.assert(
      fc.property(anyBox, anyBox, fc.nat(50), (a, b, d) => {
        const value = iou(a, b);
        expect(iou(b, a)).toBe(value);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(iou(a, a)).toBe(1);
        expect(iou(shift(a, d, -d), shift(b, d, -d))).toBe(value);
      }),
    ));
  test("agrees with counting pixels", () => {
    for (const { a, b, iou: expected } of golden) expect(iou(a, b)).toBeCloseTo(expected, 14);
  });
  test("names the likely mistake", () => {
    expect(() => iou([10, 10, 4, 4], [0, 0, 1, 1])).toThrow(
      "iou: expected [xMin, yMin, xMax, yMax] with min ≤ max, received [10, 10, 4, 4] (is it [x, y, width, height]?)",
    );
    expect(() => iou([0, 0, 1, 1], [0, 0, Number.NaN, 1])).toThrow("received [0, 0, NaN, 1]");
  });
});

describe("iouMatrix", () => {
  const box: Box = [0, 0, 2, 2];
  test("row i, column j is iou(a[i], b[j])", () =>
    fc.assert(
      fc.property(fc.array(anyBox, { maxLength: 4 }), fc.array(anyBox, { maxLength: 5 }), (a, b) => {
        const expected = a.flatMap((boxA) => b.map((boxB) => iou(boxA, boxB)));
        expect([...iouMatrix(a, b)]).toEqual(expected);
      }),
    ));
  test("names the bad box", () => {
    expect(() => iouMatrix([box, [2, 0, 1, 1]], [box])).toThrow("iouMatrix a[1]: expected [xMin, yMin, xMax, yMax]");
    expect(() => iouMatrix([box], [[0, 0, 1, Infinity]])).toThrow("iouMatrix b[0]");
  });
});

describe("giou", () => {
  test("hand-worked overlap: IoU 1/7, hull 3×3, of which 9 − 7 = 2 are in neither box", () =>
    expect(giou([0, 0, 2, 2], [1, 1, 3, 3])).toBeCloseTo(1 / 7 - 2 / 9, 14));
  test("hand-worked, apart: unit boxes 8 apart in a hull of 10, −8/10", () =>
    expect(giou([0, 0, 1, 1], [9, 0, 10, 1])).toBe(-0.8));
  test("falls as boxes that do not overlap move apart, where IoU stays 0", () => {
    const values = [2, 4, 8, 1e6].map((x) => giou([0, 0, 1, 1], [x, 0, x + 1, 1]));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(new Set(values).size).toBe(4);
    expect(values[3]).toBeGreaterThan(-1);
  });
  test("an empty hull scores 0", () => expect(giou([1, 1, 1, 1], [1, 5, 1, 5])).toBe(0));
  test("is symmetric, within (−1, 1], never above IoU, and 1 against itself", () =>
    fc.assert(
      fc.property(anyBox, anyBox, (a, b) => {
        const value = giou(a, b);
        expect(giou(b, a)).toBe(value);
        expect(value).toBeGreaterThan(-1);
        expect(value).toBeLessThanOrEqual(iou(a, b));
        expect(giou(a, a)).toBe(1);
      }),
    ));
  test("agrees with counting pixels", () => {
    for (const { a, b, giou: expected } of golden) expect(giou(a, b)).toBeCloseTo(expected, 14);
  });
  test("names the likely mistake", () =>
    expect(() => giou([0, 0, 1, 1], [10, 10, 4, 4])).toThrow("giou: expected [xMin, yMin, xMax, yMax]"));
});

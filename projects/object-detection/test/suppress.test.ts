import { type Box, nonMaximumSuppression } from "@course/metrics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Detection, suppress } from "../src/suppress.ts";

const box: Box = [0, 0, 10, 10];
const shifted: Box = [0, 2, 10, 12]; // IoU with box: 80 / 120 = 2/3
const far: Box = [40, 0, 50, 10];

describe("non-maximum suppression", () => {
  test("4.2 hand-worked: the better of two overlapping boxes stays, and what is far away", () => {
    const weak = { box: shifted, label: 0, score: 0.6 };
    const strong = { box, label: 0, score: 0.9 };
    const other = { box: far, label: 0, score: 0.3 };
    expect(suppress([weak, other, strong], 0.5)).toEqual([strong, other]);
    expect(suppress([weak, other, strong], 0.7)).toEqual([strong, weak, other]);
  });
  test("4.2 classes do not suppress each other", () => {
    const both = [
      { box, label: 0, score: 0.9 },
      { box, label: 1, score: 0.8 },
    ];
    expect(suppress(both, 0.5)).toEqual(both);
  });
  test("4.2 what was dropped drops nothing: the third of a chain stays", () => {
    const at = (y: number, score: number): Detection => ({ box: [0, y, 10, y + 10], label: 0, score });
    // IoU of neighbours 2/3, of the ends 60 / 140: below 0.5
    expect(suppress([at(0, 0.9), at(2, 0.8), at(4, 0.7)], 0.5)).toEqual([at(0, 0.9), at(4, 0.7)]);
  });
  test("4.2 nothing from nothing; the list that was given stays as it was", () => {
    expect(suppress([], 0.5)).toEqual([]);
    const given = [
      { box, label: 0, score: 0.1 },
      { box: far, label: 0, score: 0.2 },
    ];
    suppress(given, 0.5);
    expect(given[0]!.score).toBe(0.1);
  });
  test("4.2 as @course/metrics has it", () => {
    const detection = fc
      .tuple(
        fc.nat(20),
        fc.nat(20),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 15 }),
        fc.nat(2),
        fc.nat(9),
      )
      .map(([x, y, w, h, label, score]): Detection => ({ box: [x, y, x + w, y + h], label, score: score / 10 }));
    fc.assert(
      fc.property(
        fc.array(detection, { maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, iouThreshold) => {
          const kept = nonMaximumSuppression(
            all.map((d) => d.box),
            all.map((d) => d.score),
            { iouThreshold, classes: all.map((d) => d.label) },
          );
          expect(suppress(all, iouThreshold)).toEqual(Array.from(kept, (i) => all[i]));
        },
      ),
    );
  });
});

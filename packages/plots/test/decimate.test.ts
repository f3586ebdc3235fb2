import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimate, drawableRuns } from "../src/decimate.ts";

describe("drawableRuns", () => {
  test("hand-worked: gaps at 0, 3 and 4", () => {
    const isDrawn = (i: number) => ![0, 3, 4].includes(i);
    expect(drawableRuns(7, isDrawn)).toEqual([
      { start: 1, end: 3 },
      { start: 5, end: 7 },
    ]);
    expect(drawableRuns(0, isDrawn)).toEqual([]);
  });
});

describe("decimate", () => {
  test("hand-worked: two columns of four points", () => {
    const y = [5, 1, 9, 4, 2, 2, 8, 3];
    // column 0: first 0, lowest 1, highest 2, last 3; column 1: first (lowest) 4, highest 6, last 7
    expect(decimate({ start: 0, end: 8 }, (i) => Math.floor(i / 4), [y])).toEqual([0, 1, 2, 3, 4, 6, 7]);
  });

  test("each column keeps its ends and extremes, in order, and no more than four points", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 200 }), (y) => {
        const columnOf = (i: number) => Math.floor(i / 10);
        const kept = decimate({ start: 0, end: y.length }, columnOf, [y]);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        for (let column = 0; column <= columnOf(y.length - 1); column++) {
          const all = y.slice(column * 10, column * 10 + 10);
          const left = kept.filter((i) => columnOf(i) === column).map((i) => y[i]!);
          expect(left.length).toBeLessThanOrEqual(4);
          expect([left[0], left.at(-1)]).toEqual([all[0], all.at(-1)]);
          expect([Math.min(...left), Math.max(...left)]).toEqual([Math.min(...all), Math.max(...all)]);
        }
      }),
    ));
});

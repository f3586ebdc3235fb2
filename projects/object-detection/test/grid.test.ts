import { UserError } from "@course/core";
import type { Box } from "@course/metrics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildGrid, cellOf, type Grid, toBox, toLocal } from "../src/grid.ts";
import { grid } from "./cases.ts";

/** A grid, and a box inside its image. */
const cases = fc
  .record({
    rows: fc.integer({ min: 1, max: 4 }),
    columns: fc.integer({ min: 1, max: 5 }),
    height: fc.integer({ min: 20, max: 90 }),
    width: fc.integer({ min: 20, max: 90 }),
  })
  .chain((own) =>
    fc.tuple(
      fc.constant(own),
      fc.integer({ min: 0, max: own.width - 2 }),
      fc.integer({ min: 0, max: own.height - 2 }),
      fc.integer({ min: 1, max: 19 }),
      fc.integer({ min: 1, max: 19 }),
    ),
  )
  .map(([own, x, y, w, h]): [Grid, Box] => [own, [x, y, Math.min(x + w, own.width), Math.min(y + h, own.height)]]);

describe("the cell of a box", () => {
  test.each<[Box, number]>([
    [[0, 0, 10, 10], 0], // centre (5, 5)
    [[15, 0, 27, 10], 1], // centre (21, 5): the box begins in cell 0
    [[50, 30, 60, 48], 5], // centre (55, 39)
    [[10, 14, 30, 34], 4], // centre (20, 24), where four cells meet: right and below
  ])("1.1 hand-worked: %j is in cell %i", (box, cell) => expect(cellOf(box, grid)).toBe(cell));
  test("1.1 a box that leaves the image on the left or above is in the first column or row", () => {
    expect(cellOf([-1, 30, 0.5, 40], grid)).toBe(3);
    expect(cellOf([10, -1, 14, 0.5], grid)).toBe(0);
  });
  test("1.1 a centre on the image's far edge is in the last cell", () =>
    expect(cellOf([60, 48, 60, 48], grid)).toBe(5));
  test("1.1 is one of the cells", () =>
    fc.assert(
      fc.property(cases, ([own, box]) => {
        const cell = cellOf(box, own);
        expect(Number.isInteger(cell)).toBe(true);
        expect(cell).toBeGreaterThanOrEqual(0);
        expect(cell).toBeLessThan(own.rows * own.columns);
      }),
    ));
});

describe("cell-local boxes", () => {
  test("1.2 hand-worked: centre as a fraction of the cell, sides in cells", () => {
    // centre (50, 30): column 2.5, row 1.25; sides 30 / 20 and 12 / 24
    expect(toLocal([35, 24, 65, 36], 5, grid)).toEqual([0.5, 0.25, 1.5, 0.5]);
  });
  test("1.2 from the cell that holds it, the centre is a fraction", () =>
    fc.assert(
      fc.property(cases, ([own, box]) => {
        const [x, y] = toLocal(box, cellOf(box, own), own);
        for (const value of [x, y]) {
          expect(value).toBeGreaterThanOrEqual(-1e-9);
          expect(value).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    ));
  test("1.3 hand-worked: back to pixels", () =>
    expect(toBox([0.5, 0.25, 1.5, 0.5], 5, grid)).toEqual([35, 24, 65, 36]));
  test("1.3 hand-worked: a box as large as its cell is its cell", () =>
    expect(toBox([0.5, 0.5, 1, 1], 1, grid)).toEqual([20, 0, 40, 24]));
  test("1.3 undoes toLocal, for every cell", () =>
    fc.assert(
      fc.property(cases, fc.nat(19), ([own, box], any) => {
        const cell = any % (own.rows * own.columns);
        toBox(toLocal(box, cell, own), cell, own).forEach((side, i) => {
          expect(side).toBeCloseTo(box[i]!, 9);
        });
      }),
    ));
});

describe("the grid of a scene", () => {
  test("1.4 hand-worked: two objects, the other cells 0", () => {
    const objects = [
      { box: [35, 24, 65, 36], label: 1 },
      { box: [5, 6, 15, 18], label: 0 }, // centre (10, 12): the middle of cell 0
    ] as const;
    const target = buildGrid([{ ...objects[0], box: [40, 24, 60, 36] }, objects[1]], grid, "scene");
    const empty = [0, 0, 0, 0, 0, 0];
    expect([...target]).toEqual([
      1,
      0.5,
      0.5,
      0.5,
      0.5,
      0,
      ...empty,
      ...empty,
      ...empty,
      ...empty,
      1,
      0.5,
      0.25,
      1,
      0.5,
      1,
    ]);
  });
  test("1.4 of an empty scene: all 0", () => expect([...buildGrid([], grid, "scene")]).toEqual(Array(36).fill(0)));
  test("1.4 the order of the list does not matter", () => {
    const [a, b] = [
      { box: [5, 6, 15, 18], label: 0 },
      { box: [45, 30, 55, 40], label: 1 },
    ] as const;
    expect(buildGrid([a, b], grid, "scene")).toEqual(buildGrid([b, a], grid, "scene"));
  });
});

describe("bad boxes", () => {
  test.each<[string, Box, string]>([
    ["swapped corners", [30, 10, 20, 15], "with min < max, received [30, 10, 20, 15] (corners swapped, or"],
    ["no height", [3, 10, 20, 10], "with min < max"],
    ["not a number", [0, 0, Number.NaN, 5], "with min < max"],
    ["negative corners", [-5, 2, 8, 12], "inside the image of 60×48 pixels, received [-5, 2, 8, 12]"],
    ["beyond the image", [50, 40, 60, 52], "inside the image of 60×48 pixels"],
    ["fractions of another image", [100, 200, 300, 400], "(of another image size?)"],
  ])("%s: one line that says where", (_, box, message) => {
    const build = () =>
      buildGrid(
        [
          { box: [1, 1, 5, 5], label: 0 },
          { box, label: 0 },
        ],
        grid,
        "train, scene 7",
      );
    expect(build).toThrow(UserError);
    expect(build).toThrow("train, scene 7, object 1: expected");
    expect(build).toThrow(message);
  });
  test("up to a pixel beyond the edge is rounding", () =>
    expect(() => buildGrid([{ box: [-1, 0, 60.5, 48], label: 0 }], grid, "x")).not.toThrow());
  test("two objects in one cell: which one, and where", () => {
    const objects = [
      { box: [41, 1, 45, 5], label: 0 },
      { box: [50, 10, 55, 20], label: 1 },
    ] as const;
    expect(() => buildGrid(objects, grid, "test, scene 3")).toThrow(
      "test, scene 3, object 1: expected one object in a cell, received a second one in row 0, column 2 (a finer grid?)",
    );
  });
});

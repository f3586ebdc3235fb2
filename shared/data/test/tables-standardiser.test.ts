import { UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyStandardiser,
  fitStandardiser,
  makeTable,
  numbers,
  parseTable,
  strings,
  undoStandardiser,
} from "../src/tables/index.ts";

const train = parseTable("train", "x,c,k\n1,b,5\n3,a,5\nNA,b,5\n8,NA,5\n");
const other = parseTable("test", "x,c,k\n7,z,6\nNA,a,5\n");
const throughJson = <T>(fitted: T): T => JSON.parse(JSON.stringify(fitted));

describe("standardiser", () => {
  // 1, 3, 8: mean 4, variance (9 + 1 + 16)/3
  const fitted = fitStandardiser(train);
  test("hand-worked, of the training split, missing values left out; a constant column has scale 1", () =>
    expect(fitted.columns).toEqual({ x: { mean: 4, scale: Math.sqrt(26 / 3) }, k: { mean: 5, scale: 1 } }));
  test("is applied to other rows with what it learnt, and survives JSON", () => {
    const result = applyStandardiser(throughJson(fitted), other);
    expect([...numbers(result, "x")]).toEqual([3 / Math.sqrt(26 / 3), Number.NaN]);
    expect([...numbers(result, "k")]).toEqual([1, 0]);
    expect(strings(result, "c")).toEqual(["z", "a"]);
  });
  test("mean 0 and variance 1 on what it was fitted on; undone exactly", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2 }), (data) => {
        fc.pre(new Set(data).size > 1);
        const table = makeTable("t", [["x", { type: "number", values: Float64Array.from(data) }]]);
        const standardiser = fitStandardiser(table);
        const z = numbers(applyStandardiser(standardiser, table), "x");
        expect(z.reduce((a, b) => a + b, 0) / z.length).toBeCloseTo(0, 9);
        expect(z.reduce((a, b) => a + b * b, 0) / z.length).toBeCloseTo(1, 9);
        undoStandardiser(standardiser, "x", z).forEach((x, i) => {
          expect(x).toBeCloseTo(data[i]!, 6);
        });
      }),
    ));
  test("errors", () => {
    expect(() => fitStandardiser(parseTable("t", "x,y\nNA,1\n"))).toThrow(
      new UserError('t, column "x": expected values to standardise, received none'),
    );
    expect(() => fitStandardiser(train, ["c"])).toThrow('train, column "c": expected numbers, received category');
    expect(() => applyStandardiser(fitted, parseTable("t", "y\n1\n"))).toThrow(
      new UserError('t: no column "x" (did you mean "y"?)'),
    );
    expect(() => undoStandardiser(fitted, "c", [1])).toThrow(new UserError('standardiser: column "c" was not fitted'));
  });
});

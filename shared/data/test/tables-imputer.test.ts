import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { applyImputer, fitImputer, parseTable, type Table } from "../src/tables/index.ts";

const train = parseTable("train", "x,c,k\n1,b,5\n3,a,5\nNA,b,5\n8,NA,5\n");
const other = parseTable("test", "x,c,k\n7,z,6\nNA,a,5\n");
const values = (table: Table) =>
  Object.fromEntries(Array.from(table.columns, ([name, column]) => [name, [...column.values]]));
const throughJson = <T>(fitted: T): T => JSON.parse(JSON.stringify(fitted));

describe("imputer", () => {
  test("hand-worked: median 3 of 1, 3, 8; b is most frequent; the source is as it was", () => {
    const before = values(other);
    expect(values(applyImputer(throughJson(fitImputer(train)), other))).toEqual({
      x: [7, 3],
      c: ["z", "a"],
      k: [6, 5],
    });
    expect(values(applyImputer(fitImputer(train), train)).c).toEqual(["b", "a", "b", "b"]);
    expect(values(other)).toEqual(before);
  });
  test("mean, median of an even count, the first of two equally frequent categories", () => {
    const table = parseTable("t", "x,c\n4,b\n1,a\nNA,NA\n");
    expect(fitImputer(table).columns).toMatchObject({ x: { fill: 2.5 }, c: { fill: "a" } });
    expect(fitImputer(train, { numbers: "mean" }).columns.x!.fill).toBe(4);
  });
  test("indicator columns where the training split has missing values", () =>
    expect(values(applyImputer(fitImputer(train, { indicator: true }), other))).toEqual({
      x: [7, 3],
      "x missing": [0, 1],
      c: ["z", "a"],
      "c missing": [0, 0],
      k: [6, 5],
    }));
  test("errors", () => {
    expect(() => fitImputer(parseTable("t", "x,y\nNA,1\n"))).toThrow(
      new UserError('t, column "x": expected values to learn from, received none (drop it?)'),
    );
    expect(() => applyImputer(fitImputer(train), parseTable("t", "x,c,k\na,b,1\n"))).toThrow(
      new UserError('t, column "x": expected numbers as in the training split, received strings'),
    );
  });
});

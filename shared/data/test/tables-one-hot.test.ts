import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { applyOneHot, columnNames, fitOneHot, parseTable, type Table } from "../src/tables/index.ts";

const train = parseTable("train", "x,c,k\n1,b,5\n3,a,5\nNA,b,5\n8,NA,5\n");
const other = parseTable("test", "x,c,k\n7,z,6\nNA,a,5\n");
const values = (table: Table) =>
  Object.fromEntries(Array.from(table.columns, ([name, column]) => [name, [...column.values]]));
const throughJson = <T>(fitted: T): T => JSON.parse(JSON.stringify(fitted));

describe("one-hot encoder", () => {
  test("hand-worked: sorted categories, a missing value last; an unseen one has no 1", () => {
    const fitted = fitOneHot(train);
    expect(fitted.categories).toEqual({ c: ["a", "b", null] });
    expect(values(applyOneHot(throughJson(fitted), other))).toEqual({
      x: [7, Number.NaN],
      "c=a": [0, 1],
      "c=b": [0, 0],
      "c=<missing>": [0, 0],
      k: [6, 5],
    });
  });
  test("a missing value is unseen where the training split had none", () => {
    const fitted = fitOneHot(parseTable("train", "c,d\na,1\nb,1\n"));
    expect(values(applyOneHot(fitted, parseTable("t", "c,d\nNA,1\nb,1\n")))).toEqual({
      "c=a": [0, 0],
      "c=b": [0, 1],
      d: [1, 1],
    });
  });
  test("without the first category", () =>
    expect(columnNames(applyOneHot(fitOneHot(train, { dropFirst: true }), other))).toEqual([
      "x",
      "c=b",
      "c=<missing>",
      "k",
    ]));
  test("names like properties of objects", () => {
    const table = parseTable("t", "__proto__,x\nconstructor,1\ntoString,2\n");
    expect(columnNames(applyOneHot(throughJson(fitOneHot(table)), table))).toEqual([
      "__proto__=constructor",
      "__proto__=toString",
      "x",
    ]);
  });
  test("errors", () => {
    expect(() => applyOneHot(fitOneHot(train, { unseen: "error" }), other)).toThrow(
      new UserError(
        'test, row 0, column "c": expected a category of the training split, received "z" (rare? then unseen: "zeros")',
      ),
    );
    const taken = parseTable("t", "c,c=a\na,1\nb,2\n");
    expect(() => applyOneHot(fitOneHot(taken), taken)).toThrow(
      new UserError('t: one-hot column "c=a" is already there'),
    );
    expect(() => fitOneHot(train, { columns: ["x"] })).toThrow('train, column "x": expected categories or text');
  });
});

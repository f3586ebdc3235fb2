import { UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyImputer,
  applyOneHot,
  applyStandardiser,
  columnNames,
  decodeLabels,
  encodeLabels,
  fitImputer,
  fitLabelEncoder,
  fitOneHot,
  fitStandardiser,
  makeTable,
  numbers,
  parseTable,
  strings,
  type Table,
  undoStandardiser,
} from "../src/tables/index.ts";

const train = parseTable("train", "x,c,k\n1,b,5\n3,a,5\nNA,b,5\n8,NA,5\n");
const other = parseTable("test", "x,c,k\n7,z,6\nNA,a,5\n");
const values = (table: Table) =>
  Object.fromEntries(Array.from(table.columns, ([name, column]) => [name, [...column.values]]));
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

describe("label encoder", () => {
  const fitted = fitLabelEncoder(train, "c");
  test("hand-worked, there and back, through JSON", () => {
    expect(fitted.classes).toEqual(["a", "b"]);
    const table = parseTable("t", "c,x\nb,1\na,2\nb,3\n");
    const labels = encodeLabels(throughJson(fitted), table);
    expect([...labels]).toEqual([1, 0, 1]);
    expect(decodeLabels(fitted, labels)).toEqual(["b", "a", "b"]);
  });
  test("errors", () => {
    expect(() => encodeLabels(fitted, other)).toThrow(
      new UserError('test, row 0, column "c": class "z" is not in the training split (did you mean "a"?)'),
    );
    expect(() => encodeLabels(fitted, train)).toThrow(
      new UserError('train, row 3, column "c": expected a class, received a missing value (drop the row?)'),
    );
    expect(() => encodeLabels(fitted, parseTable("t", "c,x\nconstructor,1\n"))).toThrow('class "constructor" is not');
    expect(() => fitLabelEncoder(parseTable("t", "c,x\nNA,1\n", { schema: { c: "category" } }), "c")).toThrow(
      new UserError('t, column "c": expected classes, received none (all missing?)'),
    );
    expect(() => decodeLabels(fitted, [0, 2])).toThrow(
      "decodeLabels: expected labels from 0 to 1, received 2 at index 1",
    );
  });
});

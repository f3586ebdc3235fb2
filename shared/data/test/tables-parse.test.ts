import { UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  column,
  columnNames,
  countMissing,
  formatCsv,
  makeTable,
  numbers,
  parseTable,
  strings,
  type TableOptions,
} from "../src/tables/index.ts";

const parse = (text: string, options?: TableOptions) => parseTable("t.csv", text, options);
describe("parseTable", () => {
  test("hand-worked: types by what the cells show, missing values explicit", () => {
    const table = parse("age,sex,note\n 1.5 ,male,\nNA,,x\n-2e3,female,NaN\n");
    expect(table.count).toBe(3);
    expect([...numbers(table, "age")]).toEqual([1.5, Number.NaN, -2000]);
    expect(strings(table, "sex")).toEqual(["male", null, "female"]);
    expect(column(table, "sex").type).toBe("category");
    expect(strings(table, "note")).toEqual([null, "x", null]);
    expect([...table.columns.values()].map(countMissing)).toEqual([1, 1, 2]);
  });
  test("many different strings are text, few are categories", () => {
    const rows = Array.from({ length: 40 }, (_, i) => `story ${i},${i % 3 ? "a" : "b"}`);
    const table = parse(`headline,kind\n${rows.join("\n")}`);
    expect(columnNames(table, "text")).toEqual(["headline"]);
    expect(columnNames(table, "category")).toEqual(["kind"]);
  });
  test("a schema decides: codes as categories, a column left out", () => {
    const table = parse("code,id,x\n20,1,5\n60,2,6\n", { schema: { code: "category", id: "skip" } });
    expect(strings(table, "code")).toEqual(["20", "60"]);
    expect(columnNames(table)).toEqual(["code", "x"]);
  });
  test("own marks for missing values and another delimiter", () => {
    const table = parse("a;b\n-9;NA\n1;x\n", { delimiter: ";", missing: ["-9"] });
    expect([...numbers(table, "a")]).toEqual([Number.NaN, 1]);
    expect(strings(table, "b")).toEqual(["NA", "x"]);
  });
  test("a quoted cell holds delimiters, quotes and line ends", () => {
    const table = parse('a,b\n1,"x, ""y""\nz"\n2,w\n');
    expect(strings(table, "b")).toEqual(['x, "y"\nz', "w"]);
  });
  test("byte-order mark, Windows line ends, empty lines, no last line end", () => {
    const table = parse('\ufeff"a",b\r\n\r\n1,2\r\n\r\n3,4');
    expect([...numbers(table, "a")]).toEqual([1, 3]);
  });
  test("a column that is missing throughout holds numbers", () =>
    expect([...numbers(parse("a,b\nNA,1\n,2\n"), "a")]).toEqual([Number.NaN, Number.NaN]));
  test("what formatCsv writes reads back as it was", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0); // no −0
    const text = fc.string({ unit: fc.constantFrom("a", " ", ",", '"', "\n", ";") }).map((value) => `<${value}>`);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(number), fc.option(text)), { minLength: 1 }), (rows) => {
        const table = makeTable("t.csv", [
          ["x", { type: "number", values: Float64Array.from(rows, ([value]) => value ?? Number.NaN) }],
          ["y,", { type: "text", values: rows.map(([, value]) => value) }],
        ]);
        expect(parse(formatCsv(table), { schema: { x: "number", "y,": "text" } })).toEqual(table);
      }),
    );
  });
});

describe("columns", () => {
  const table = parse("age,sex\n1,m\n");
  test("one that is not there", () =>
    expect(() => column(table, "agee")).toThrow(new UserError('t.csv: no column "agee" (did you mean "age"?)')));
  test("one of another type", () => {
    expect(() => numbers(table, "sex")).toThrow(
      new UserError('t.csv, column "sex": expected numbers, received category (encode it first: fitOneHot?)'),
    );
    expect(() => strings(table, "age")).toThrow(
      new UserError('t.csv, column "age": expected categories or text, received numbers (declare it in the schema?)'),
    );
  });
  test("columns of different lengths", () =>
    expect(() =>
      makeTable("t", [
        ["a", { type: "number", values: Float64Array.of(1) }],
        ["b", { type: "text", values: ["x", "y"] }],
      ]),
    ).toThrow('t column "b": expected [rows=1], received [2]'));
});

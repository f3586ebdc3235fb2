import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import {
  concatTables,
  dropColumns,
  expandCounts,
  formatCsv,
  numbers,
  parseTable,
  selectColumns,
  selectRows,
  strings,
  toMatrix,
  toMatrix64,
} from "../src/tables/index.ts";

const table = parseTable("t", "x,c,y\n1,a,0.1\n2,NA,0.2\n3,b,0.3\n");

describe("rows and columns", () => {
  test("selectRows takes a split's indices in their order", () => {
    const some = selectRows(table, Uint32Array.of(2, 0));
    expect([...numbers(some, "x")]).toEqual([3, 1]);
    expect(strings(some, "c")).toEqual(["b", "a"]);
    expect(some.count).toBe(2);
    expect(selectRows(table, []).count).toBe(0);
  });
  test.each([3, -1, 0.5])("selectRows refuses row %d", (row) =>
    expect(() => selectRows(table, [0, row])).toThrow(`t: expected rows from 0 to 2, received ${row}`),
  );
  test("selectColumns, dropColumns", () => {
    expect([...selectColumns(table, ["y", "x"]).columns.keys()]).toEqual(["y", "x"]);
    expect([...dropColumns(table, ["c"]).columns.keys()]).toEqual(["x", "y"]);
    expect(() => dropColumns(table, ["cc"])).toThrow(new UserError('t: no column "cc" (did you mean "c"?)'));
  });
  test("concatTables puts rows below rows and leaves both tables as they were", () => {
    const both = concatTables(table, selectRows(table, [0]));
    expect([...numbers(both, "x")]).toEqual([1, 2, 3, 1]);
    expect(strings(both, "c")).toEqual(["a", null, "b", "a"]);
    expect(table.count).toBe(3);
    expect([...numbers(table, "x")]).toEqual([1, 2, 3]);
  });
  test("concatTables refuses other columns", () =>
    expect(() => concatTables(table, parseTable("u", "x,c,z\n1,a,2\n"))).toThrow(
      new UserError(
        "u: expected the columns of t: x (number), c (category), y (number); received x (number), c (category), z (number)",
      ),
    ));
  test("expandCounts makes a row for each of what was counted", () => {
    const counts = parseTable("t", "c,n\na,2\nb,0\nc,1\n");
    expect(strings(expandCounts(counts, "n"), "c")).toEqual(["a", "a", "c"]);
    expect(() => expandCounts(table, "y")).toThrow(
      new UserError('t, row 0, column "y": expected a whole count, received 0.1'),
    );
  });
  test("formatCsv quotes where needed", () =>
    expect(formatCsv(parseTable("t", 'a,b\n1,"x, ""y"""\nNA,z\n'))).toBe('a,b\n1,"x, ""y"""\nNA,z\n'));
});

describe("toMatrix", () => {
  test("hand-worked: row-major, in the order of the names", () => {
    expect(toMatrix64(table, ["y", "x"])).toEqual({
      x: Float64Array.of(0.1, 1, 0.2, 2, 0.3, 3),
      shape: [3, 2],
      names: ["y", "x"],
    });
    expect(toMatrix(dropColumns(table, ["c"])).x).toEqual(Float32Array.of(1, 0.1, 2, 0.2, 3, 0.3));
    expect(toMatrix(selectRows(table, []), ["x"])).toMatchObject({ shape: [0, 1], names: ["x"] });
  });
  test("refuses strings and missing values", () => {
    expect(() => toMatrix(table)).toThrow(
      new UserError('t, column "c": expected numbers, received category (encode it first: fitOneHot?)'),
    );
    expect(() => toMatrix(parseTable("t", "x,y\n1,2\n3,NA\n"))).toThrow(
      new UserError('t, row 1, column "y": expected a number, received a missing value (fitImputer first?)'),
    );
  });
});

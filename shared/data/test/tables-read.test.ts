import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { UserError } from "@course/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  column,
  columnNames,
  countMissing,
  formatCsv,
  makeTable,
  numbers,
  parseTable,
  readTable,
  strings,
  type TableOptions,
} from "../src/tables/index.ts";

const parse = (text: string, options?: TableOptions) => parseTable("t.csv", text, options);
const expectUserError = (text: string, message: string, options?: TableOptions) =>
  expect(() => parse(text, options)).toThrow(new UserError(message));

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
    const table = parse("\ufeffa,b\r\n\r\n1,2\r\n\r\n3,4");
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

describe("bad CSV is the user's mistake, with its line", () => {
  test("empty file", () => expectUserError(" \n\n", "t.csv: expected a header and rows, received an empty file"));
  test("header only", () =>
    expectUserError("a,b\n\n", "t.csv: expected rows after the header (line 1), received none"));
  test("web page", () =>
    expectUserError(
      "<!DOCTYPE html><html></html>",
      "t.csv: expected CSV, received a web page (an error or login page instead of the file?)",
    ));
  test("ragged rows, counted behind a quoted line end", () => {
    const start = 'a,b\n1,"x\ny"\n';
    expectUserError(`${start}3\n`, "t.csv, line 4: expected 2 cells, received 1 (a cell or a quote missing?)");
    expectUserError(
      `${start}\n3,4,5\n`,
      "t.csv, line 5: expected 2 cells, received 3 (a delimiter inside a cell without quotes?)",
    );
  });
  test("a quote that is not closed", () =>
    expectUserError(
      'a,b\n1,x\n2,"y\n3,z\n',
      't.csv, line 3: expected a closing ", received none (a " inside a cell is written "")',
    ));
  test("text behind a closing quote", () =>
    expectUserError(
      'a,b\n1,"x" y\n2,z\n',
      't.csv, line 2: expected a delimiter or line end after a closing ", received more text (a " inside a cell is written "")',
    ));
  test("duplicate and empty column names", () => {
    expectUserError(
      "a,b,a\n1,2,3\n",
      't.csv, line 1: expected different column names, received "a" twice (columns 1 and 3)',
    );
    expectUserError(
      ",b\n1,2\n",
      "t.csv, line 1: expected a name for column 1, received none (a column of row numbers, or a delimiter too many?)",
    );
  });
  test("wrong delimiter", () => {
    expectUserError(
      "a;b\n1;2\n",
      't.csv, line 1: expected columns separated by ",", received one column "a;b" (separated by ";"? say so in the option delimiter)',
    );
    expectUserError(
      "a,b\n1,2\n",
      't.csv, line 1: expected columns separated by "tab", received one column "a,b" (separated by ","? say so in the option delimiter)',
      { delimiter: "\t" },
    );
  });
  test("a column of the schema that is not there", () =>
    expectUserError("age,sex\n1,m\n", 't.csv, line 1: no column "agee" (did you mean "age"?)', {
      schema: { agee: "number" },
    }));
  test.each([
    ["unknown", "a mark for a missing value that the option missing does not name, or a shifted row"],
    ["1,5", "a decimal comma or a thousands separator"],
    ["12 kg", "a unit in the cell"],
    ["$5", "a unit in the cell"],
    ["1e999", "too large for a number"],
    ["0x10", "a mark for a missing value that the option missing does not name, or a shifted row"],
  ])("%s in a declared column of numbers", (cell, cause) =>
    expectUserError(
      `a;b\n1;2\n3;${cell}\n`,
      `t.csv, line 3, column "b": expected a number, received "${cell}" (${cause}?)`,
      { delimiter: ";", schema: { b: "number" } },
    ),
  );
  test("an empty cell where it does not mean missing", () =>
    expectUserError(
      "a,b\n1,\n",
      't.csv, line 2, column "b": expected a number, received "" (a missing value that the option missing does not name?)',
      { schema: { b: "number" }, missing: ["NA"] },
    ));
  test("a mixed column does not silently become strings", () =>
    expectUserError(
      "a,b\n1,1\n2,2\n3,none\n4,NA\n",
      't.csv, line 4, column "b": expected a number as in 2 of 3 rows, received "none" (a mark for a missing value that the option missing does not name, or a shifted row? else declare the column\'s type in the schema)',
    ));
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

describe("readTable", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "course-tables-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const write = async (bytes: string | Uint8Array) => {
    const path = join(folder, "t.csv");
    await writeFile(path, bytes);
    return path;
  };

  test.each([
    ["plain", Buffer.from("a\né\n")],
    ["gzipped", gzipSync("a\né\n")],
    ["UTF-16 with a byte-order mark", Buffer.from("\ufeffa\né\n", "utf16le")],
    ["Latin-1", Buffer.from("a\né\n", "latin1")],
  ])("%s", async (_, bytes) => {
    const table = await readTable(await write(bytes));
    expect(table.name).toBe("t.csv");
    expect(strings(table, "a")).toEqual(["é"]);
  });
  test("a missing file, a damaged one", async () => {
    const path = join(folder, "none.csv");
    await expect(readTable(path)).rejects.toThrow(
      new UserError(`${path}: expected a CSV file, cannot read it (ENOENT)`),
    );
    const cut = await write(gzipSync("a,b\n1,2\n".repeat(100)).subarray(0, 30));
    await expect(readTable(cut)).rejects.toThrow(UserError);
    await expect(readTable(cut)).rejects.toThrow(`${cut}: the gzip data are cut short or damaged`);
  });
});

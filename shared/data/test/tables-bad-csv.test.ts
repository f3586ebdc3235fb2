import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { parseTable, type TableOptions } from "../src/tables/index.ts";

const parse = (text: string, options?: TableOptions) => parseTable("t.csv", text, options);
const expectUserError = (text: string, message: string, options?: TableOptions) =>
  expect(() => parse(text, options)).toThrow(new UserError(message));

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

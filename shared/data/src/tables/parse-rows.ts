import { UserError } from "@course/core";
import Papa from "papaparse";

export interface Row {
  /** Without spaces at their ends. */
  readonly cells: readonly string[];
  /** The line of the file where the row starts; the first is 1. */
  readonly line: number;
}

export interface ParsedRows {
  readonly header: readonly string[];
  /** All of the header's length; at least one. */
  readonly rows: readonly Row[];
}

export interface ParseRowsOptions {
  /** The file's name, for messages. */
  readonly name: string;
  readonly delimiter: string;
}

const DELIMITERS: Readonly<Record<string, string>> = { ",": ",", ";": ";", "\t": "tab", "|": "|" };

/**
 * CSV (RFC 4180, by Papa Parse) → rows with the line that each starts on: a quoted cell may hold
 * delimiters, quotes ("" for one) and line ends. Empty lines are passed over.
 *
 * @param text with "\n" line ends, as `decodeText` gives it; a byte-order mark is passed over.
 * @throws UserError, with the line, for an empty file, a web page, a quote that is not closed, a
 *   header alone or with an empty or repeated name, a wrong delimiter, a row of another length.
 */
export function parseRows(text: string, { name, delimiter }: ParseRowsOptions): ParsedRows {
  if (text.trim() === "") throw new UserError(`${name}: expected a header and rows, received an empty file`);
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text))
    throw new UserError(`${name}: expected CSV, received a web page (an error or login page instead of the file?)`);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: "\n" });
  const [error] = errors;
  if (error) throw new UserError(`${name}, line ${lineAt(text, error.index ?? 0)}: ${explain(error)}`);
  const [header, ...rows] = numberLines(data);
  checkHeader(header!, name, delimiter);
  if (rows.length === 0)
    throw new UserError(`${name}: expected rows after the header (line ${header!.line}), received none`);
  for (const row of rows) checkLength(row, header!.cells.length, name);
  return { header: header!.cells, rows };
}

function numberLines(data: readonly (readonly string[])[]): Row[] {
  const rows: Row[] = [];
  let line = 1;
  for (const cells of data) {
    if (cells.length > 1 || cells[0]!.trim() !== "") rows.push({ cells: cells.map((cell) => cell.trim()), line });
    line += 1 + cells.reduce((lineEnds, cell) => lineEnds + countLineEnds(cell), 0);
  }
  return rows;
}

function lineAt(text: string, index: number): number {
  return 1 + countLineEnds(text.slice(0, index));
}

function countLineEnds(text: string): number {
  return text.includes("\n") ? text.split("\n").length - 1 : 0;
}

function explain({ code }: Papa.ParseError): string {
  if (code === "MissingQuotes") return 'expected a closing ", received none (a " inside a cell is written "")';
  return 'expected a delimiter or line end after a closing ", received more text (a " inside a cell is written "")';
}

function checkHeader({ cells, line }: Row, name: string, delimiter: string): void {
  const other = Object.keys(DELIMITERS).find((candidate) => candidate !== delimiter && cells[0]!.includes(candidate));
  if (cells.length === 1 && other !== undefined)
    throw new UserError(
      `${name}, line ${line}: expected columns separated by "${DELIMITERS[delimiter] ?? delimiter}", received one ` +
        `column "${cells[0]}" (separated by "${DELIMITERS[other]}"? say so in the option delimiter)`,
    );
  cells.forEach((cell, i) => {
    const first = cells.indexOf(cell);
    if (cell === "")
      throw new UserError(
        `${name}, line ${line}: expected a name for column ${i + 1}, received none (a column of row numbers, or a delimiter too many?)`,
      );
    if (first < i)
      throw new UserError(
        `${name}, line ${line}: expected different column names, received "${cell}" twice (columns ${first + 1} and ${i + 1})`,
      );
  });
}

function checkLength({ cells, line }: Row, expected: number, name: string): void {
  if (cells.length === expected) return;
  const cause = cells.length < expected ? "a cell or a quote missing" : "a delimiter inside a cell without quotes";
  throw new UserError(`${name}, line ${line}: expected ${expected} cells, received ${cells.length} (${cause}?)`);
}

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { didYouMean, UserError } from "@course/core";
import { decompress } from "../payload/decompress.ts";
import { SourceFailure } from "../sources/failure.ts";
import { decodeText } from "../text/decode.ts";
import { type Cells, columnOfInferredType, columnOfType } from "./column-from-cells.ts";
import { type ParsedRows, parseRows } from "./parse-rows.ts";
import { type Column, type ColumnType, makeTable, type Table } from "./table.ts";

/** Cells that mean "no value here". */
export const MISSING: readonly string[] = ["", "NA", "N/A", "NaN", "nan", "null", "NULL"];

export interface TableOptions {
  /** Column → its type, or "skip" to leave it out. A column not named gets the type that its cells show. */
  readonly schema?: Readonly<Record<string, ColumnType | "skip">>;
  /** Cells that mean a missing value, instead of `MISSING`. */
  readonly missing?: readonly string[];
  /** Default ",". */
  readonly delimiter?: string;
}

/**
 * Reads a CSV file with a header, plain or gzipped, in any encoding of `decodeText`.
 *
 * @throws UserError for a file that cannot be read, a damaged one, or as `parseTable`.
 */
export async function readTable(path: string, options: TableOptions = {}): Promise<Table> {
  const bytes = await readFile(path).catch((cause) => {
    throw new UserError(`${path}: expected a CSV file, cannot read it (${cause.code})`, { cause });
  });
  const unpacked = await decompress(path, bytes).catch((cause) => {
    throw cause instanceof SourceFailure ? new UserError(cause.message, { cause }) : cause;
  });
  return parseTable(basename(path), decodeText(path, unpacked).text, options);
}

/**
 * CSV text → table. Spaces at the ends of cells are dropped, empty lines passed over.
 *
 * @param name of the table, for messages.
 * @throws UserError, with line and column, as `parseRows`; for a column of the schema that the file
 *   lacks (nearest name suggested); for a cell that is no number in a column of numbers.
 */
export function parseTable(name: string, text: string, options: TableOptions = {}): Table {
  const { schema = {}, missing = MISSING, delimiter = "," } = options;
  const parsed = parseRows(text.replace(/\r\n?/g, "\n"), { name, delimiter });
  for (const column of Object.keys(schema))
    if (!parsed.header.includes(column))
      throw new UserError(`${name}, line 1: no column "${column}"${didYouMean(column, parsed.header)}`);
  return makeTable(name, readColumns(name, parsed, { schema, missing: new Set(missing) }));
}

function* readColumns(
  table: string,
  { header, rows }: ParsedRows,
  { schema, missing }: { schema: NonNullable<TableOptions["schema"]>; missing: ReadonlySet<string> },
): Generator<[string, Column]> {
  const place = (row: number) => `line ${rows[row]!.line}`;
  for (const [i, column] of header.entries()) {
    const type = Object.hasOwn(schema, column) ? schema[column] : undefined;
    const cells: Cells = { table, column, cells: rows.map((row) => row.cells[i]!), place, missing };
    if (type === undefined) yield [column, columnOfInferredType(cells)];
    else if (type !== "skip") yield [column, columnOfType(type, cells)];
  }
}

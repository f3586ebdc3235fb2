import { UserError } from "@course/core";
import type { Column, ColumnType } from "./table.ts";

/** The cells of one column, and where they came from. */
export interface Cells {
  readonly table: string;
  readonly column: string;
  /** [rows] */
  readonly cells: readonly string[];
  /** Where a row is, for messages: "line 12". */
  readonly place: (row: number) => string;
  readonly missing: ReadonlySet<string>;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Cells → a column of a declared type.
 *
 * @throws UserError with line, column and value for a cell of a number column that is no number.
 */
export function columnOfType(type: ColumnType, { table, column, cells, place, missing }: Cells): Column {
  if (type !== "number") return { type, values: cells.map((cell) => (missing.has(cell) ? null : cell)) };
  const values = Float64Array.from(cells, (cell, i) => {
    if (missing.has(cell)) return Number.NaN;
    if (isNumber(cell)) return Number(cell);
    throw new UserError(
      `${table}, ${place(i)}, column "${column}": expected a number, received "${cell}" (${likelyCause(cell)}?)`,
    );
  });
  return { type, values };
}

/**
 * Cells → a column of the type that its cells show: numbers where every cell is one (or all are
 * missing), categories where few values differ (at most 10, or 5 % of the rows), else text.
 *
 * @throws UserError where most cells are numbers but not all: nothing becomes strings in silence.
 */
export function columnOfInferredType(input: Cells): Column {
  const { table, column, cells, place, missing } = input;
  const present = cells.filter((cell) => !missing.has(cell));
  const numeric = present.filter(isNumber).length;
  if (numeric === present.length) return columnOfType("number", input);
  if (numeric > present.length / 2) {
    const i = cells.findIndex((cell) => !missing.has(cell) && !isNumber(cell));
    throw new UserError(
      `${table}, ${place(i)}, column "${column}": expected a number as in ${numeric} of ${present.length} rows, ` +
        `received "${cells[i]}" (${likelyCause(cells[i]!)}? else declare the column's type in the schema)`,
    );
  }
  const isCategory = new Set(present).size <= Math.max(10, 0.05 * cells.length);
  return columnOfType(isCategory ? "category" : "text", input);
}

function isNumber(cell: string): boolean {
  return NUMBER.test(cell) && Number.isFinite(Number(cell));
}

function likelyCause(cell: string): string {
  if (cell === "") return "a missing value that the option missing does not name";
  if (NUMBER.test(cell)) return "too large for a number";
  if (/^[+-]?[\d.,\s']*\d$/.test(cell)) return "a decimal comma or a thousands separator";
  if (/^\D{0,3}\d[\d.,]*\s*\D{0,3}$/.test(cell)) return "a unit in the cell";
  return "a mark for a missing value that the option missing does not name, or a shifted row";
}

import type { DataFrame } from "danfojs-node";
import { columnOfInferredType, columnOfType } from "./column-from-cells.ts";
import { type Column, type ColumnType, columnNames, makeTable, type Table } from "./table.ts";

export type { DataFrame } from "danfojs-node";

/** danfojs, loaded at the first call, which takes a second or more: it brings mathjs and xlsx. */
export function loadDanfo(): Promise<typeof import("danfojs-node")> {
  return import("danfojs-node");
}

/**
 * A table as a danfojs DataFrame, for what danfojs does well: group, join, sort, query, print. A
 * copy: what danfojs does to it does not reach the table. Missing values are NaN among numbers and
 * null among strings.
 */
export async function toDataFrame(table: Table): Promise<DataFrame> {
  const { DataFrame } = await loadDanfo();
  const columns = [...table.columns.values()];
  const rows = Array.from({ length: table.count }, (_, row) => columns.map(({ values }) => values[row]!));
  const dtypes = columns.map(({ type }) => (type === "number" ? "float32" : "string")); // a label: values stay float64
  return new DataFrame(rows, { columns: columnNames(table), dtypes });
}

/**
 * A danfojs DataFrame as a table. NaN, null and undefined are missing; truth values become the
 * categories "true" and "false".
 *
 * @param schema column → its type; for others, the type that the values show.
 * @throws UserError for a column that mixes numbers and strings, which danfojs makes strings.
 */
export function fromDataFrame(
  name: string,
  frame: DataFrame,
  schema: Readonly<Record<string, ColumnType>> = {},
): Table {
  const rows = frame.values as readonly unknown[] as readonly (readonly unknown[])[];
  const columns = frame.columns.map((column: string, j: number): [string, Column] => {
    const cells = rows.map((row) => toCell(Array.isArray(row) ? row[j] : row)); // one column: danfojs's concat flattens
    const input = { table: name, column, cells, place: (row: number) => `row ${row}`, missing: new Set([""]) };
    return [column, Object.hasOwn(schema, column) ? columnOfType(schema[column]!, input) : columnOfInferredType(input)];
  });
  return makeTable(name, columns);
}

function toCell(value: unknown): string {
  return value === null || value === undefined || Number.isNaN(value) ? "" : String(value).trim();
}

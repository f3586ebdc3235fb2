import { assertShape, didYouMean, UserError } from "@course/core";

/** Measured, one of few kinds, or free text. */
export type ColumnType = "number" | "category" | "text";

export interface NumberColumn {
  readonly type: "number";
  /** [rows]; NaN where the value is missing. */
  readonly values: Float64Array;
}

export interface StringColumn {
  readonly type: "category" | "text";
  /** [rows]; null where the value is missing. */
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | StringColumn;

/** Named columns of one length. Nothing here changes a table: every function returns a new one. */
export interface Table {
  /** For messages: the file's name. */
  readonly name: string;
  readonly count: number;
  /** By name, in the order of the file. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** @throws ShapeError unless all columns have one length. */
export function makeTable(name: string, columns: Iterable<readonly [string, Column]>): Table {
  const map = new Map(columns);
  const count = map.values().next().value?.values.length ?? 0;
  for (const [columnName, { values }] of map)
    assertShape(`${name} column "${columnName}"`, [values.length], { rows: count });
  return { name, count, columns: map };
}

/** @throws UserError naming the nearest column where there is none of this name. */
export function column(table: Table, name: string): Column {
  const found = table.columns.get(name);
  if (found) return found;
  const names = [...table.columns.keys()];
  throw new UserError(`${table.name}: no column "${name}"${didYouMean(name, names)}`);
}

/** The values [rows] of a number column, NaN where missing. @throws UserError for another type. */
export function numbers(table: Table, name: string): Float64Array {
  const found = column(table, name);
  if (found.type === "number") return found.values;
  throw new UserError(
    `${table.name}, column "${name}": expected numbers, received ${found.type} (encode it first: fitOneHot?)`,
  );
}

/** The values [rows] of a category or text column, null where missing. @throws UserError for numbers. */
export function strings(table: Table, name: string): readonly (string | null)[] {
  const found = column(table, name);
  if (found.type !== "number") return found.values;
  throw new UserError(
    `${table.name}, column "${name}": expected categories or text, received numbers (declare it in the schema?)`,
  );
}

/** Names of all columns, or of those of one type, in their order. */
export function columnNames(table: Table, type?: ColumnType): string[] {
  return [...table.columns].flatMap(([name, found]) => (type === undefined || found.type === type ? [name] : []));
}

export function isMissing({ values }: Column, row: number): boolean {
  const value = values[row];
  return value === null || Number.isNaN(value);
}

/** How many values of a column are missing. */
export function countMissing({ values }: Column): number {
  let count = 0;
  for (const value of values) if (value === null || Number.isNaN(value)) count++;
  return count;
}

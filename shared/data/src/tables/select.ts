import { UserError } from "@course/core";
import { type Column, column, columnNames, makeTable, type Table } from "./table.ts";

/** The named columns, in this order. @throws UserError for a column that is not there. */
export function selectColumns(table: Table, names: readonly string[]): Table {
  return makeTable(
    table.name,
    names.map((name) => [name, column(table, name)]),
  );
}

/** All columns but the named ones. @throws UserError for a column that is not there. */
export function dropColumns(table: Table, names: readonly string[]): Table {
  for (const name of names) column(table, name);
  return selectColumns(
    table,
    columnNames(table).filter((name) => !names.includes(name)),
  );
}

/** The rows of the given indices, in this order: a split's table from its indices. */
export function selectRows(table: Table, indices: ArrayLike<number>): Table {
  const order = Array.from(indices);
  const wrong = order.find((row) => !(Number.isInteger(row) && row >= 0 && row < table.count));
  if (wrong !== undefined)
    throw new RangeError(`${table.name}: expected rows from 0 to ${table.count - 1}, received ${wrong}`);
  return mapColumns(table, (found) =>
    found.type === "number"
      ? { type: "number", values: Float64Array.from(order, (row) => found.values[row]!) }
      : { type: found.type, values: order.map((row) => found.values[row]!) },
  );
}

/** The rows of both tables, those of `first` before. @throws UserError unless names and types of the columns are equal. */
export function concatTables(first: Table, second: Table): Table {
  const describe = (table: Table) => [...table.columns].map(([name, { type }]) => `${name} (${type})`).join(", ");
  if (describe(first) !== describe(second))
    throw new UserError(
      `${second.name}: expected the columns of ${first.name}: ${describe(first)}; received ${describe(second)}`,
    );
  return mapColumns(first, (found, name) => {
    const more = second.columns.get(name)!;
    return found.type === "number"
      ? { type: "number", values: Float64Array.from([...found.values, ...(more.values as Float64Array)]) }
      : { type: found.type, values: [...found.values, ...(more.values as readonly (string | null)[])] };
  });
}

/** A table with each column replaced by what `change` makes of it. */
export function mapColumns(table: Table, change: (column: Column, name: string) => Column): Table {
  return makeTable(
    table.name,
    Array.from(table.columns, ([name, found]) => [name, change(found, name)]),
  );
}

import { UserError } from "@course/core";
import { dropColumns, selectRows } from "./select.ts";
import { numbers, type Table } from "./table.ts";

/**
 * A table of counts → one row for each of what was counted, without the column of counts.
 *
 * @throws UserError for a count that is missing, negative or not whole.
 */
export function expandCounts(table: Table, column: string): Table {
  const rows: number[] = [];
  numbers(table, column).forEach((count, row) => {
    if (!(Number.isInteger(count) && count >= 0))
      throw new UserError(`${table.name}, row ${row}, column "${column}": expected a whole count, received ${count}`);
    for (let i = 0; i < count; i++) rows.push(row);
  });
  return selectRows(dropColumns(table, [column]), rows);
}

import { UserError } from "@course/core";
import { columnNames, numbers, type Table } from "./table.ts";

/** Row-major x [rows, columns], and what each column is. */
export interface FeatureMatrix<X extends Float32Array | Float64Array> {
  readonly x: X;
  readonly shape: readonly [rows: number, columns: number];
  readonly names: readonly string[];
}

/**
 * Number columns → x [rows, columns] in float32.
 *
 * @param names default: all columns of the table.
 * @throws UserError for a column that is not there or holds no numbers, and for a missing value.
 */
export function toMatrix(table: Table, names: readonly string[] = columnNames(table)): FeatureMatrix<Float32Array> {
  return fill(new Float32Array(table.count * names.length), table, names);
}

/** As `toMatrix` in float64, for the from-scratch projects. */
export function toMatrix64(table: Table, names: readonly string[] = columnNames(table)): FeatureMatrix<Float64Array> {
  return fill(new Float64Array(table.count * names.length), table, names);
}

function fill<X extends Float32Array | Float64Array>(x: X, table: Table, names: readonly string[]): FeatureMatrix<X> {
  names.forEach((name, j) => {
    numbers(table, name).forEach((value, row) => {
      if (Number.isNaN(value))
        throw new UserError(
          `${table.name}, row ${row}, column "${name}": expected a number, received a missing value (fitImputer first?)`,
        );
      x[row * names.length + j] = value;
    });
  });
  return { x, shape: [table.count, names.length], names };
}

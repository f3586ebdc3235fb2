import { UserError } from "@course/core";
import { mapColumns } from "./select.ts";
import { columnNames, numbers, type Table } from "./table.ts";

/** What was learnt from the training split; plain JSON. */
export interface Standardiser {
  readonly kind: "standardiser";
  readonly columns: Readonly<Record<string, { readonly mean: number; readonly scale: number }>>;
}

/**
 * Learns mean and standard deviation (of the population, as scikit-learn's StandardScaler) of number
 * columns. Missing values are left out; a constant column gets scale 1.
 *
 * @param train the training split only: statistics of other rows would leak.
 * @param names default: every number column.
 * @throws UserError for a column of another type or without a value.
 */
export function fitStandardiser(train: Table, names: readonly string[] = columnNames(train, "number")): Standardiser {
  const columns = names.map((name) => {
    const present = numbers(train, name).filter((value) => !Number.isNaN(value));
    if (present.length === 0)
      throw new UserError(`${train.name}, column "${name}": expected values to standardise, received none`);
    const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
    const variance = present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / present.length;
    return [name, { mean, scale: isConstant(present) ? 1 : Math.sqrt(variance) }];
  });
  return { kind: "standardiser", columns: Object.fromEntries(columns) };
}

/** (value − mean) / scale in each learnt column; missing values stay missing. @throws UserError for a column that is not there. */
export function applyStandardiser({ columns }: Standardiser, table: Table): Table {
  for (const name of Object.keys(columns)) numbers(table, name);
  return mapColumns(table, (found, name) => {
    if (found.type !== "number" || !Object.hasOwn(columns, name)) return found;
    const { mean, scale } = columns[name]!;
    return { type: "number", values: found.values.map((value) => (value - mean) / scale) };
  });
}

/** Back to the units of the data: value · scale + mean, for one column's values. */
export function undoStandardiser({ columns }: Standardiser, name: string, values: ArrayLike<number>): Float64Array {
  if (!Object.hasOwn(columns, name)) throw new UserError(`standardiser: column "${name}" was not fitted`);
  const { mean, scale } = columns[name]!;
  return Float64Array.from(values, (value) => value * scale + mean);
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

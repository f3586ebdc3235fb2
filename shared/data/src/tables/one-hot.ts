import { UserError } from "@course/core";
import { type Column, columnNames, makeTable, strings, type Table } from "./table.ts";

/** What was learnt from the training split; plain JSON. */
export interface OneHot {
  readonly kind: "oneHot";
  readonly unseen: "zeros" | "error";
  readonly dropFirst: boolean;
  /** Column → its categories in order of their code units; null, the last, is a missing value. */
  readonly categories: Readonly<Record<string, readonly (string | null)[]>>;
}

export interface OneHotOptions {
  /** Default: every category column. */
  readonly columns?: readonly string[];
  /** What a category that the training split did not have becomes. Default "zeros". */
  readonly unseen?: "zeros" | "error";
  /** Leaves out each column's first category, so that the columns do not sum to 1. Default false. */
  readonly dropFirst?: boolean;
}

/** In the name of the column of missing values. */
export const MISSING_CATEGORY = "<missing>";

/**
 * Learns the categories of columns. A missing value is a category of its own where the training
 * split has one, as in scikit-learn's OneHotEncoder.
 *
 * @param train the training split only.
 * @throws UserError for a column of numbers.
 */
export function fitOneHot(train: Table, options: OneHotOptions = {}): OneHot {
  const { columns = columnNames(train, "category"), unseen = "zeros", dropFirst = false } = options;
  const categories = columns.map((name) => {
    const values = new Set(strings(train, name));
    const hasMissing = values.delete(null);
    return [name, [...[...values].sort(), ...(hasMissing ? [null] : [])]];
  });
  return { kind: "oneHot", unseen, dropFirst, categories: Object.fromEntries(categories) };
}

/**
 * Puts number columns of 0 and 1, `island=Biscoe`, in the place of each learnt column.
 *
 * @throws UserError for a column that is not there, a name that is taken, or, where
 *   `unseen` is "error", for a category that the training split did not have.
 */
export function applyOneHot(encoder: OneHot, table: Table): Table {
  for (const name of Object.keys(encoder.categories)) checkUnseen(encoder, table, name);
  const columns = Array.from(table.columns, ([name, column]): [string, Column][] =>
    Object.hasOwn(encoder.categories, name) ? encodeColumn(encoder, table, name) : [[name, column]],
  ).flat();
  const seen = new Set<string>();
  for (const [name] of columns) {
    if (seen.has(name)) throw new UserError(`${table.name}: one-hot column "${name}" is already there`);
    seen.add(name);
  }
  return makeTable(table.name, columns);
}

function encodeColumn({ categories, dropFirst }: OneHot, table: Table, name: string): [string, Column][] {
  const values = strings(table, name);
  return categories[name]!.slice(dropFirst ? 1 : 0).map((category) => [
    `${name}=${category ?? MISSING_CATEGORY}`,
    { type: "number", values: Float64Array.from(values, (value) => Number(value === category)) },
  ]);
}

function checkUnseen({ categories, unseen }: OneHot, table: Table, name: string): void {
  const values = strings(table, name);
  if (unseen === "zeros") return;
  const known = new Set(categories[name]);
  const row = values.findIndex((value) => !known.has(value));
  if (row < 0) return;
  throw new UserError(
    `${table.name}, row ${row}, column "${name}": expected a category of the training split, ` +
      `received "${values[row] ?? MISSING_CATEGORY}" (rare? then unseen: "zeros")`,
  );
}

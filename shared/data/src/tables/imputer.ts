import { UserError } from "@course/core";
import { type Column, column, columnNames, countMissing, isMissing, makeTable, type Table } from "./table.ts";

/** What was learnt from the training split; plain JSON. */
export interface Imputer {
  readonly kind: "imputer";
  /** Column → what stands in for a missing value, and whether a column says where. */
  readonly columns: Readonly<Record<string, { readonly fill: number | string; readonly indicator: boolean }>>;
}

export interface ImputerOptions {
  /** Default: every number and category column. */
  readonly columns?: readonly string[];
  /** For numbers. Default "median". */
  readonly numbers?: "median" | "mean";
  /** Adds `age missing`, 0 or 1, after each column that has missing values in the training split. Default false. */
  readonly indicator?: boolean;
}

/**
 * Learns what to put in the place of missing values: the median or mean of numbers, the most
 * frequent category (of equally frequent ones the first by code units). As scikit-learn's
 * SimpleImputer.
 *
 * @param train the training split only.
 * @throws UserError for a column without a value.
 */
export function fitImputer(train: Table, options: ImputerOptions = {}): Imputer {
  const { numbers = "median", indicator = false } = options;
  const names = options.columns ?? columnNames(train).filter((name) => column(train, name).type !== "text");
  const columns = names.map((name) => {
    const found = column(train, name);
    const missing = countMissing(found);
    if (missing === train.count)
      throw new UserError(`${train.name}, column "${name}": expected values to learn from, received none (drop it?)`);
    return [name, { fill: learnFill(found, numbers), indicator: indicator && missing > 0 }];
  });
  return { kind: "imputer", columns: Object.fromEntries(columns) };
}

/** Fills the missing values of each learnt column. @throws UserError for a column that is not there, or of another type. */
export function applyImputer({ columns }: Imputer, table: Table): Table {
  for (const [name, { fill }] of Object.entries(columns)) {
    const isNumber = column(table, name).type === "number";
    if (isNumber !== (typeof fill === "number"))
      throw new UserError(
        `${table.name}, column "${name}": expected ${typeof fill}s as in the training split, received ${isNumber ? "numbers" : "strings"}`,
      );
  }
  const filled = Array.from(table.columns, ([name, found]): [string, Column][] => {
    if (!Object.hasOwn(columns, name)) return [[name, found]];
    const { fill, indicator } = columns[name]!;
    const added: [string, Column] = [`${name} missing`, missingIndicator(found)];
    return [[name, fillColumn(found, fill)], ...(indicator ? [added] : [])];
  });
  return makeTable(table.name, filled.flat());
}

function fillColumn(found: Column, fill: number | string): Column {
  if (found.type === "number")
    return { type: "number", values: found.values.map((value) => (Number.isNaN(value) ? Number(fill) : value)) };
  return { type: found.type, values: found.values.map((value) => value ?? String(fill)) };
}

function missingIndicator(found: Column): Column {
  const values = Float64Array.from({ length: found.values.length }, (_, row) => Number(isMissing(found, row)));
  return { type: "number", values };
}

function learnFill(found: Column, statistic: "median" | "mean"): number | string {
  if (found.type !== "number") return mostFrequent(found.values.filter((value) => value !== null));
  const present = found.values.filter((value) => !Number.isNaN(value)).sort();
  if (statistic === "mean") return present.reduce((sum, value) => sum + value, 0) / present.length;
  const middle = (present.length - 1) / 2;
  return (present[Math.floor(middle)]! + present[Math.ceil(middle)]!) / 2;
}

function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) =>
    next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best,
  )[0];
}

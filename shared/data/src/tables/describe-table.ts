import { loadDanfo } from "./danfo.ts";
import { columnNames, numbers, type Table } from "./table.ts";

/** A number column in short. All but `count` and `missing` are NaN for a column without a value. */
export interface ColumnSummary {
  readonly name: string;
  /** Values that are there, and values that are not. */
  readonly count: number;
  readonly missing: number;
  readonly mean: number;
  /** Of a sample (divided by count − 1); NaN for fewer than two values. */
  readonly standardDeviation: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** One line for each number column, counted by danfojs over the values that are there. */
export async function describeTable(table: Table): Promise<ColumnSummary[]> {
  const { Series } = await loadDanfo();
  return columnNames(table, "number").map((name) => {
    const values = [...numbers(table, name)];
    const present = values.filter((value) => !Number.isNaN(value));
    const series = new Series(present);
    const summarise = (statistic: "mean" | "std" | "min" | "median" | "max", needed = 1) =>
      present.length < needed ? Number.NaN : series[statistic]();
    return {
      name,
      count: present.length,
      missing: values.length - present.length,
      mean: summarise("mean"),
      standardDeviation: summarise("std", 2),
      min: summarise("min"),
      median: summarise("median"),
      max: summarise("max"),
    };
  });
}

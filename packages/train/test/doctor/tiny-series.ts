import { createRandom } from "@course/core";
import type { Table } from "./tiny-regression.ts";

const MONTHS = 12;

/**
 * Monthly consumption of about 500 with a yearly wave and noise. Inputs are the last 12 months,
 * standardised; the target is the next month as it is.
 */
export function consumption(): { train: Table; validation: Table; variance: number } {
  const random = createRandom("consumption");
  const series = Array.from(
    { length: 600 },
    (_, t) => 500 + 200 * Math.sin((2 * Math.PI * t) / MONTHS) + random.normal(0, 40),
  );
  const rows = series
    .slice(MONTHS)
    .map((y, t) => ({ x: series.slice(t, t + MONTHS).map((v) => (v - 500) / 145), y: [y] }));
  const table = (part: typeof rows): Table => ({ x: part.map(({ x }) => x), y: part.map(({ y }) => y) });
  const mean = series.reduce((sum, v) => sum + v, 0) / series.length;
  const variance = series.reduce((sum, v) => sum + (v - mean) ** 2, 0) / series.length;
  return { train: table(rows.slice(0, 480)), validation: table(rows.slice(480)), variance };
}

/** Mean absolute error of answering with the same month of last year, the first of the inputs. */
export function seasonalNaiveError({ x, y }: Table): number {
  return y.reduce((sum, [value], i) => sum + Math.abs(value - (500 + 145 * x[i][0])), 0) / y.length;
}

/** R² and mean absolute error. */
export function errorsOf(outputs: readonly (readonly number[])[], y: Table["y"]): Record<string, number> {
  const mean = y.reduce((sum, [value]) => sum + value, 0) / y.length;
  const total = y.reduce((sum, [value]) => sum + (value - mean) ** 2, 0);
  const squares = y.reduce((sum, [value], i) => sum + (value - outputs[i][0]) ** 2, 0);
  const absolute = y.reduce((sum, [value], i) => sum + Math.abs(value - outputs[i][0]), 0);
  return { "validation/r2": 1 - squares / total, "validation/mae": absolute / y.length };
}

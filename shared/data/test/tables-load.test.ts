import { describe, expect, test } from "vitest";
import {
  columnNames,
  countMissing,
  loadAdmissions,
  loadAmes,
  loadCredit,
  loadGas,
  loadPenguins,
  numbers,
  strings,
  type Table,
} from "../src/tables/index.ts";

const missing = (table: Table) => [...table.columns.values()].reduce((sum, column) => sum + countMissing(column), 0);
const tally = (values: readonly (string | null)[]) => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value ?? "NA"] = (counts[value ?? "NA"] ?? 0) + 1;
  return counts;
};

describe("the tables of the repository, counted", () => {
  test("ames", async () => {
    const { table, target, provenance } = await loadAmes();
    expect([table.count, table.columns.size, missing(table)]).toEqual([2930, 74, 0]);
    expect(columnNames(table, "category")).toHaveLength(40);
    expect(columnNames(table, "text")).toEqual([]);
    expect(numbers(table, target)[0]).toBe(215_000);
    expect(provenance).toMatchObject({ name: "ames", isSubset: false });
    expect(provenance.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
  test("credit", async () => {
    const { table, target } = await loadCredit();
    expect([table.count, table.columns.size, missing(table)]).toEqual([4454, 14, 455]);
    expect(tally(strings(table, target))).toEqual({ good: 3200, bad: 1254 });
  });
  test("penguins", async () => {
    const { table, target } = await loadPenguins();
    expect([table.count, table.columns.size, missing(table)]).toEqual([344, 8, 19]);
    expect(tally(strings(table, target))).toEqual({ Adelie: 152, Chinstrap: 68, Gentoo: 124 });
    expect(tally(strings(table, "sex"))).toEqual({ male: 168, female: 165, NA: 11 });
  });
  test("gas: every quarter and month, in order of time", async () => {
    const { uk, australia } = await loadGas();
    expect([uk.count, australia.count]).toEqual([108, 476]);
    const times = (table: Table, part: string, perYear: number) =>
      numbers(table, "year").map((year, i) => year * perYear + numbers(table, part)[i]! - 1);
    expect(times(uk, "quarter", 4)).toEqual(Float64Array.from({ length: 108 }, (_, i) => 1960 * 4 + i));
    expect(times(australia, "month", 12)).toEqual(Float64Array.from({ length: 476 }, (_, i) => 1956 * 12 + i));
    expect(numbers(uk, "consumption").at(-1)).toBe(782.8);
    expect(numbers(australia, "production").at(-1)).toBe(60_054);
  });
  test("admissions: 1,198 of 2,691 men and 557 of 1,835 women (Bickel et al., 1975)", async () => {
    const { table } = await loadAdmissions();
    expect([table.count, columnNames(table)]).toEqual([4526, ["department", "gender", "outcome"]]);
    const outcome = strings(table, "outcome");
    expect(tally(strings(table, "gender").map((gender, row) => `${gender} ${outcome[row]}`))).toEqual({
      "Male Admitted": 1198,
      "Male Rejected": 1493,
      "Female Admitted": 557,
      "Female Rejected": 1278,
    });
  });
});

import { readFile } from "node:fs/promises";
import { assertClose } from "@course/core/testing";
import { beforeAll, describe, expect, test } from "vitest";
import {
  applyImputer,
  applyOneHot,
  applyStandardiser,
  columnNames,
  encodeLabels,
  fitImputer,
  fitLabelEncoder,
  fitOneHot,
  fitStandardiser,
  loadPenguins,
  numbers,
  selectColumns,
  selectRows,
  strings,
  type Table,
  toMatrix64,
} from "../src/tables/index.ts";

const golden = JSON.parse(await readFile(new URL("golden/tables.json", import.meta.url), "utf8"));
const NUMBERS: readonly string[] = golden.numbers;
const CATEGORIES: readonly string[] = golden.categories;

/** Rows of numbers, NaN where scikit-learn has none. */
const cells = (table: Table) => {
  const columns = columnNames(table).map((name) => numbers(table, name));
  return Array.from({ length: table.count }, (_, row) => columns.map((values) => values[row]!));
};
const expectRows = (actual: readonly number[][], expected: readonly (number | null)[][]) => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((row, i) => {
    const there = row.flatMap((value, j) => (value === null ? [] : [j]));
    assertClose(
      `row ${i}`,
      there.map((j) => actual[i]![j]!),
      there.map((j) => row[j]!),
      { relative: 1e-12, absolute: 1e-12 },
    );
    expect(actual[i]!.map((value) => Number.isNaN(value))).toEqual(row.map((value) => value === null));
  });
};

/** Fitted on four rows of five, applied to the others: golden/make_tables.py. */
describe("equal to scikit-learn on the penguins", () => {
  let train: Table;
  let other: Table;
  beforeAll(async () => {
    const { table } = await loadPenguins();
    const rows = Array.from({ length: table.count }, (_, row) => row);
    train = selectRows(
      table,
      rows.filter((row) => row % 5 !== 3),
    );
    other = selectRows(
      table,
      rows.filter((row) => row % 5 === 3),
    );
  });

  test("StandardScaler", () => {
    const fitted = fitStandardiser(train, NUMBERS);
    assertClose(
      "mean",
      NUMBERS.map((name) => fitted.columns[name]!.mean),
      golden.standardiser.mean,
      { relative: 1e-12 },
    );
    assertClose(
      "scale",
      NUMBERS.map((name) => fitted.columns[name]!.scale),
      golden.standardiser.scale,
      { relative: 1e-12 },
    );
    expectRows(cells(selectColumns(applyStandardiser(fitted, other), NUMBERS)), golden.standardiser.test);
  });
  test.each(["median", "mean"] as const)("SimpleImputer(%s)", (statistic) => {
    const fitted = fitImputer(train, { columns: NUMBERS, numbers: statistic, indicator: statistic === "median" });
    assertClose(
      "fill",
      NUMBERS.map((name) => Number(fitted.columns[name]!.fill)),
      golden[statistic].fill,
    );
    const filled = applyImputer(fitted, other);
    const indicators = columnNames(filled).filter((name) => name.endsWith(" missing"));
    expectRows(cells(selectColumns(filled, [...NUMBERS, ...indicators])), golden[statistic].test);
  });
  test("SimpleImputer(most_frequent)", () => {
    const fitted = fitImputer(train, { columns: CATEGORIES });
    expect(CATEGORIES.map((name) => fitted.columns[name]!.fill)).toEqual(golden.mostFrequent.fill);
    const filled = applyImputer(fitted, other);
    CATEGORIES.forEach((name, j) => {
      expect(strings(filled, name)).toEqual(golden.mostFrequent.test.map((row: string[]) => row[j]));
    });
  });
  test("OneHotEncoder, with a missing value as a category", () => {
    const fitted = fitOneHot(train);
    expect(Object.values(fitted.categories)).toEqual(golden.oneHot.categories);
    expectRows(cells(applyOneHot(fitted, selectColumns(other, CATEGORIES))), golden.oneHot.test);
  });
  test("OneHotEncoder(drop=first)", () =>
    expectRows(
      cells(applyOneHot(fitOneHot(train, { dropFirst: true }), selectColumns(other, CATEGORIES))),
      golden.dropFirst.test,
    ));
  test("OneHotEncoder(handle_unknown=ignore) where an island was never seen", () => {
    const elsewhere = strings(train, "island").flatMap((island, row) => (island === "Torgersen" ? [] : [row]));
    const fitted = fitOneHot(selectRows(train, elsewhere));
    expect(Object.values(fitted.categories)).toEqual(golden.unseen.categories);
    expectRows(cells(applyOneHot(fitted, selectColumns(other, CATEGORIES))), golden.unseen.test);
  });
  test("LabelEncoder", () => {
    const fitted = fitLabelEncoder(train, "species");
    expect(fitted.classes).toEqual(golden.labels.classes);
    expect([...encodeLabels(fitted, other)]).toEqual(golden.labels.test);
  });
  test("the whole way to a matrix", () => {
    const imputer = fitImputer(train);
    const filled = applyImputer(imputer, train);
    const encoder = fitOneHot(filled, { columns: ["island", "sex"] });
    const { x, shape, names } = toMatrix64(
      selectColumns(applyOneHot(encoder, filled), ["body_mass_g", "island=Dream", "sex=male"]),
    );
    expect([shape, names]).toEqual([
      [train.count, 3],
      ["body_mass_g", "island=Dream", "sex=male"],
    ]);
    expect([...x.subarray(0, 3)]).toEqual([3750, 0, 1]); // the first penguin: Torgersen, male
  });
});

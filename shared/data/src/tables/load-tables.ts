import type { Provenance } from "../loaders/loaded.ts";
import { openDataset } from "../open.ts";
import type { OpenOptions } from "../open-options.ts";
import { filesProvenance } from "../provenance.ts";
import { decodeText } from "../text/decode.ts";
import { expandCounts } from "./expand-counts.ts";
import { parseTable } from "./read-table.ts";
import type { Table } from "./table.ts";

export interface LoadedTable {
  readonly table: Table;
  /** The column that is usually predicted. */
  readonly target: string;
  readonly provenance: Provenance;
}

/** House sales in Ames, Iowa: 2,930 rows, 74 columns, 40 of them categories; predicts Sale_Price. @throws UserError as `openDataset`. */
export function loadAmes(options?: OpenOptions): Promise<LoadedTable> {
  return loadOne("ames", "Sale_Price", options);
}

/** Loans: 4,454 rows, 14 columns, 455 values missing; predicts Status, good or bad. @throws UserError as `openDataset`. */
export function loadCredit(options?: OpenOptions): Promise<LoadedTable> {
  return loadOne("credit", "Status", options);
}

/** Penguins: 344 rows, 8 columns, 19 values missing; predicts species. @throws UserError as `openDataset`. */
export function loadPenguins(options?: OpenOptions): Promise<LoadedTable> {
  return loadOne("penguins", "species", options);
}

/**
 * Berkeley's applicants of 1973: 4,526 rows (department, gender, outcome); predicts outcome.
 *
 * @throws UserError as `openDataset`.
 */
export async function loadAdmissions(options?: OpenOptions): Promise<LoadedTable> {
  const { table, ...rest } = await loadOne("admissions", "outcome", options);
  return { ...rest, table: expandCounts(table, "count") };
}

export interface LoadedGas {
  /** 108 quarters from 1960: year, quarter, consumption in millions of therms. */
  readonly uk: Table;
  /** 476 months from 1956: year, month, production (its source states no unit). */
  readonly australia: Table;
  readonly provenance: Provenance;
}

/** Two seasonal time series, rows in order of time. @throws UserError as `openDataset`. */
export async function loadGas(options: OpenOptions = {}): Promise<LoadedGas> {
  const { tables, provenance } = await loadTables("gas", options);
  return { uk: tables.get("gas-uk.csv")!, australia: tables.get("gas-australia.csv")!, provenance };
}

async function loadOne(name: string, target: string, options: OpenOptions = {}): Promise<LoadedTable> {
  const { tables, provenance } = await loadTables(name, options);
  return { table: tables.get(`${name}.csv`)!, target, provenance };
}

async function loadTables(name: string, options: OpenOptions) {
  const opened = await openDataset(name, options);
  const tables = new Map<string, Table>();
  for (const [file, bytes] of opened.files) tables.set(file, parseTable(file, decodeText(file, bytes).text));
  return { tables, provenance: filesProvenance(opened) };
}

import Papa from "papaparse";
import { isMissing, type Table } from "./table.ts";

/** Table → CSV with a header, "\n" line ends and quotes where needed; a missing value is NA. */
export function formatCsv(table: Table): string {
  const columns = [...table.columns.values()];
  const rows = Array.from({ length: table.count }, (_, row) =>
    columns.map((column) => (isMissing(column, row) ? "NA" : column.values[row])),
  );
  return `${Papa.unparse({ fields: [...table.columns.keys()], data: rows }, { newline: "\n" })}\n`;
}

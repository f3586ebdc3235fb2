import { formatNumber } from "./display.ts";
import { REPORT_STYLE } from "./report-style.ts";

/** Forbids every request: a figure that asks for one shows a gap instead. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** Up to where the title belongs. */
export const PAGE_HEAD = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<style>${REPORT_STYLE}</style>
`;

/** Nothing at all without content. */
export function section(title: string, content: string): string {
  return content === "" ? "" : `<section><h2>${title}</h2>${content}</section>`;
}

/** Figures side by side where there is room. */
export function gallery(figures: readonly string[]): string {
  if (figures.length === 0) return "";
  return `<div class="gallery">${figures.map(figure).join("\n")}</div>`;
}

export function figure(svg: string): string {
  return `<figure>${svg}</figure>`;
}

/** Names on the left, values on the right. */
export function table(rows: Readonly<Record<string, unknown>>): string {
  const cells = Object.entries(rows).map(
    ([key, value]) => `<tr><th scope="row">${escapeHtml(key)}</th><td>${escapeHtml(valueText(value))}</td></tr>`,
  );
  return `<table>${cells.join("")}</table>`;
}

export interface ColumnsOptions {
  /** Columns of text on the left; all after them hold numbers. */
  readonly texts: number;
  /** Whether the last row holds the totals. */
  readonly hasTotal?: boolean;
}

/** A table whose first row is its header; it scrolls where it is too wide. */
export function columns(rows: readonly (readonly string[])[], { texts, hasTotal = false }: ColumnsOptions): string {
  const cells = (row: readonly string[], tag: "th" | "td") =>
    row.map((cell, i) => `<${tag}${i < texts ? "" : ' class="number"'}>${escapeHtml(cell)}</${tag}>`).join("");
  const [header = [], ...body] = rows;
  const lines = body.map((row, i) => {
    const isTotal = hasTotal && i === body.length - 1;
    return `<tr${isTotal ? ' class="total"' : ""}>${cells(row, "td")}</tr>`;
  });
  return `<div class="wide"><table class="columns"><thead><tr>${cells(header, "th")}</tr></thead><tbody>${lines.join("")}</tbody></table></div>`;
}

function valueText(value: unknown): string {
  if (typeof value === "number") return formatNumber(value);
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return value === null ? "unknown" : String(value);
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

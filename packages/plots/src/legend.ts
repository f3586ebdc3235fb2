import type { Legend } from "vega-lite/types_unstable/legend.js";
import { cleanText, shorten, textWidth } from "./text.ts";

const FONT_SIZE = 11;
const SYMBOL_WIDTH = 34; // px of symbol and gaps beside each name

/** Names as they are drawn: on one line, at most `width` px wide. */
export function displayNames(names: readonly string[], width: number, fontSize = FONT_SIZE): string[] {
  return names.map((name) => shorten(cleanText(name), fontSize, width));
}

/** A Vega expression that turns an index into its name. Data hold indices, so equal names are no trouble. */
export function namesExpression(names: readonly string[]): string {
  return `${JSON.stringify(names)}[datum.value]`;
}

/** A legend above the plot in as many columns as fit; none for a single entry. */
export function legendAbove(names: readonly string[], width: number, symbolType?: "stroke"): Legend<never> | null {
  if (names.length < 2) return null;
  const shown = displayNames(names, (names.length > 6 ? width / 2 : width) - SYMBOL_WIDTH);
  const entry = Math.max(...shown.map((name) => textWidth(name, FONT_SIZE))) + SYMBOL_WIDTH;
  return {
    orient: "top",
    direction: "horizontal",
    columns: Math.max(1, Math.floor(width / entry)),
    title: null,
    labelExpr: namesExpression(shown),
    ...(symbolType && { symbolType, symbolSize: 400 }),
    symbolStrokeWidth: 2,
    symbolOpacity: 1,
    columnPadding: 14,
    offset: 10,
  };
}

/** A colour, dash or shape for each series or group, which data name by index. */
export function bySeries<T>(range: readonly T[], legend: Legend<never> | null) {
  const domain = range.map((_, index) => index);
  return { field: "series", type: "nominal", scale: { domain, range: [...range] }, legend } as const;
}

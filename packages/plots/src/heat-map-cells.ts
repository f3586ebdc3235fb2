import type { PositionFieldDef } from "vega-lite/types_unstable/channeldef.js";
import type { ColorScale } from "./heat-map-color.ts";
import { displayNames, namesExpression } from "./legend.ts";
import { cleanText, textWidth, wrap } from "./text.ts";
import { INK } from "./theme.ts";
import type { Layer } from "./vega.ts";

const FONT_SIZE = 11; // px
const LINE_HEIGHT = 14; // px
const LARGEST_CELL = 64; // px
const USUAL_CELL = 44; // px
const SMALLEST_CELL = 13; // px: names beside the cells still have a line each
const WIDEST_TABLE = 560; // px
const LONGEST_NAME = 150; // px

/** [rows, columns] lines of text in each cell. */
export type CellTexts = readonly (readonly (readonly string[])[])[];

/** One cell; `first` and `second` are its lines of text. */
interface Cell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
  readonly first: string;
  readonly second: string;
}

/** The cells that have a value; the others stay empty. */
export function cells(values: readonly ArrayLike<number>[], texts: CellTexts): Cell[] {
  return values.flatMap((inRow, row) =>
    Array.from(inRow, (value, column) => {
      const [first = "", second = ""] = texts[row]![column]!.map(cleanText);
      return { row, column, value, first, second };
    }).filter(({ value }) => Number.isFinite(value)),
  );
}

export interface CellLayout {
  readonly size: number; // px, both ways
  readonly lines: 0 | 1 | 2;
}

/** Cells as large as their texts want and `count` of them in a line allow, and the lines of text that fit. */
export function cellLayout(texts: CellTexts, count: number): CellLayout {
  const all = texts.flat();
  const widest = all.flat().reduce((most, text) => Math.max(most, textWidth(cleanText(text), FONT_SIZE)), 0);
  const room = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(WIDEST_TABLE / count)));
  const size = Math.min(room, Math.max(USUAL_CELL, Math.ceil(widest) + 10));
  const wanted = all.some((lines) => lines.length > 1) ? 2 : 1;
  if (widest + 4 > size || LINE_HEIGHT + 2 > size) return { size, lines: 0 };
  return { size, lines: wanted * LINE_HEIGHT + 4 > size ? 1 : wanted };
}

export interface CellStyle extends CellLayout {
  readonly colors: ColorScale;
  readonly valueLabel?: string | undefined;
  readonly height: number; // px of the table
}

/** Coloured cells, then their texts; the colour scale only where no text says what a colour means. */
export function cellLayers({ size, lines, colors, valueLabel = "", height }: CellStyle): Layer[] {
  const { domain, range } = colors;
  const scale = { type: "linear" as const, domain: [...domain], range: [...range], interpolate: "rgb" as const };
  const title = valueLabel === "" ? null : wrap(cleanText(valueLabel), FONT_SIZE, { width: 110 });
  const legend = { title, gradientLength: Math.max(60, Math.min(height, 200)), gradientThickness: 12, tickCount: 4 };
  const color: Layer = {
    mark: { type: "rect", width: size - 1, height: size - 1 },
    encoding: { color: { field: "value", type: "quantitative", scale, legend: lines > 0 ? null : legend } },
  };
  const text = (field: string, dy: number): Layer => ({
    mark: { type: "text", fontSize: FONT_SIZE, color: INK, align: "center", baseline: "middle", dy },
    encoding: { text: { field } },
  });
  if (lines === 2) return [color, text("first", -LINE_HEIGHT / 2), text("second", LINE_HEIGHT / 2)];
  return lines === 1 ? [color, text("first", 0)] : [color];
}

export interface NameOptions {
  readonly label: string;
  readonly length: number; // px of the axis
  /** Px for each name; wider names are turned, by 45 degrees where their lines keep apart. */
  readonly room?: number;
}

/** Rows or columns by name. */
export function nameChannel(
  field: "row" | "column",
  names: readonly string[],
  options: NameOptions,
): PositionFieldDef<string> {
  const { label, length, room = Number.POSITIVE_INFINITY } = options;
  const shown = displayNames(names, LONGEST_NAME);
  const isTurned = shown.some((name) => textWidth(name, FONT_SIZE) > room - 4);
  const turn = room * Math.SQRT1_2 > FONT_SIZE + 2 ? -45 : -90;
  return {
    field,
    type: "ordinal",
    scale: { domain: names.map((_, i) => i), padding: 0 },
    axis: {
      title: label === "" ? null : wrap(cleanText(label), 12, { width: Math.max(length, 120), maxLines: 2 }),
      domain: false,
      ticks: false,
      grid: false,
      labelPadding: 6,
      labelAngle: isTurned ? turn : 0,
      ...(isTurned && { labelAlign: "right", labelBaseline: "middle" }),
      labelExpr: namesExpression(shown),
    },
  };
}

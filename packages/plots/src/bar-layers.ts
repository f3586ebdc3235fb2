import type { PositionFieldDef } from "vega-lite/types_unstable/channeldef.js";
import type { MarkDef } from "vega-lite/types_unstable/mark.js";
import { formatAlike } from "./format.ts";
import { displayNames, namesExpression } from "./legend.ts";
import { positionChannel, type Scale, scaleOf } from "./scale.ts";
import { textWidth } from "./text.ts";
import { INK, PALETTE } from "./theme.ts";
import type { Layer } from "./vega.ts";

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Both ends of the interval around the value, drawn as a whisker. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

export interface BarLayout {
  readonly label: string;
  readonly fromZero: boolean;
  readonly isUpright: boolean;
  readonly length: number; // px along the values
}

const LONGEST_NAME = 300; // px
const FONT_SIZE = 11;
const LINE = 24; // px that a value above an upright bar needs
const GAP = 6; // px between a bar's end and its value

/** Bars or dots, their whiskers, and the values in figures beyond their ends. */
export function barLayers(bars: readonly Bar[], layout: BarLayout): Layer[] {
  const { label, fromZero, isUpright, length } = layout;
  const texts = formatAlike(bars.map(({ value }) => value));
  const scale = valueScale(bars, texts, layout);
  const rows = bars.map((bar, index) => toRow(bar, { index, text: texts[index]!, scale }));
  const names = displayNames(
    bars.map(({ name }) => name),
    LONGEST_NAME,
  );
  const encode: Encode = (field, end) => {
    const across = categoryChannel(names);
    const along = positionChannel(field, scale, { label, length });
    return isUpright
      ? { x: across, y: along, ...(end && { y2: end }) }
      : { y: across, x: along, ...(end && { x2: end }) };
  };
  const drawn = { values: rows.filter(({ value }) => value !== null) };
  const intervals = whiskers(rows, { encode, isUpright });
  const marks: Layer[] = fromZero
    ? [{ data: drawn, ...barMark(encode) }, zeroLine(isUpright), ...intervals]
    : [...intervals, { data: drawn, ...dotMark(encode) }];
  const values: Layer = {
    data: { values: rows },
    mark: valueText(isUpright),
    encoding: { ...encode("textAt"), text: { field: "text" } },
  };
  return [...marks, values];
}

type Encode = (field: string, end?: { field: string } | { datum: number }) => NonNullable<Layer["encoding"]>;

function barMark(encode: Encode): Layer {
  return { mark: { type: "bar", color: PALETTE[0] }, encoding: encode("value", { datum: 0 }) };
}

function dotMark(encode: Encode): Layer {
  return { mark: { type: "point", filled: true, color: PALETTE[0], size: 80, opacity: 1 }, encoding: encode("value") };
}

function zeroLine(isUpright: boolean): Layer {
  return {
    mark: { type: "rule", color: INK, opacity: 0.5 },
    encoding: { [isUpright ? "y" : "x"]: { datum: 0 } },
  };
}

function whiskers(rows: readonly Row[], { encode, isUpright }: { encode: Encode; isUpright: boolean }): Layer[] {
  const data = { values: rows.filter(({ low }) => low !== null) };
  const orient = isUpright ? "horizontal" : "vertical";
  const cap = { type: "tick", color: INK, opacity: 1, thickness: 1.5, size: 10, orient } as const;
  return [
    { data, mark: { type: "rule", color: INK, strokeWidth: 1.5 }, encoding: encode("low", { field: "high" }) },
    { data, mark: cap, encoding: encode("low") },
    { data, mark: cap, encoding: encode("high") },
  ];
}

/** Beyond the end of the bar: on the other side for a negative value. */
function valueText(isUpright: boolean): MarkDef {
  const side = (negative: string, other: string) => ({ expr: `datum.textAt < 0 ? ${negative} : ${other}` });
  const beyond: Partial<MarkDef> = isUpright
    ? { align: "center", baseline: side("'top'", "'bottom'"), dy: side("4", "-4") }
    : { align: side("'right'", "'left'"), baseline: "middle", dx: side(`-${GAP}`, `${GAP}`) };
  return { type: "text", fontSize: FONT_SIZE, color: INK, ...beyond };
}

interface Row {
  readonly bar: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
  /** The end of the bar or of its whisker, whichever is further out. */
  readonly textAt: number;
}

function toRow(
  { value, low = Number.NaN, high = Number.NaN }: Bar,
  place: { index: number; text: string; scale: Scale },
): Row {
  const { index: bar, text } = place;
  if (!Number.isFinite(value)) {
    const textAt = Math.max(0, place.scale.domain[0]);
    return { bar, value: null, low: null, high: null, text: `no value (${value})`, textAt };
  }
  if (!Number.isFinite(low) || !Number.isFinite(high))
    return { bar, value, low: null, high: null, text, textAt: value };
  return { bar, value, low, high, text, textAt: value < 0 ? Math.min(value, low) : Math.max(value, high) };
}

/** Leaves room beyond the ends for the values in figures; to the right of a lying bar they may leave the plot. */
function valueScale(bars: readonly Bar[], texts: readonly string[], { fromZero, isUpright, length }: BarLayout): Scale {
  const values = bars.flatMap(({ value, low = value, high = value }) =>
    Number.isFinite(value) ? [value, low, high] : [],
  );
  const scale = scaleOf(fromZero ? [0, ...values] : values);
  const [low, high] = scale.domain;
  const isLowOpen = low < 0 || !fromZero;
  const isHighOpen = isUpright || !fromZero;
  const needed = isUpright ? LINE : Math.max(...texts.map((text) => textWidth(text, FONT_SIZE))) + 2 * GAP; // px at an open end
  const room = ((high - low) * needed) / (length - needed * (Number(isLowOpen) + Number(isHighOpen)));
  return { ...scale, domain: [isLowOpen ? low - room : low, isHighOpen ? high + room : high] };
}

function categoryChannel(names: readonly string[]): PositionFieldDef<string> {
  return {
    field: "bar",
    type: "ordinal",
    scale: { domain: names.map((_, i) => i), paddingInner: 0.35, paddingOuter: 0.2 },
    axis: { title: null, domain: false, ticks: false, grid: false, labelAngle: 0, labelExpr: namesExpression(names) },
  };
}

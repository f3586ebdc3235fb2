import type { PositionFieldDef } from "vega-lite/types_unstable/channeldef.js";
import { cleanText, wrap } from "./text.ts";

/** Where values lie along an axis. */
export interface Scale {
  readonly isLog: boolean;
  readonly domain: readonly [low: number, high: number];
  readonly isInteger: boolean;
  /** Nothing lies along the axis: it has no ticks. */
  readonly isEmpty?: boolean;
}

export interface ScaleOptions {
  readonly log?: boolean | undefined;
  /** Free room at both ends, as a fraction of the domain. */
  readonly margin?: number;
}

const LARGEST = 1e300; // beyond, sums and differences of values are no numbers any more

/** Whether a value can be drawn: finite, and above zero on a log axis (within 1e-300 and 1e300 to be exact). */
export function isDrawable(value: number, log = false): boolean {
  return Math.abs(value) <= LARGEST && (!log || value >= 1 / LARGEST);
}

/**
 * The scale that shows all drawable values; values that all agree get a domain around them.
 *
 * @throws RangeError if no value is drawable.
 */
export function scaleOf(values: Iterable<number>, { log = false, margin = 0 }: ScaleOptions = {}): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let isInteger = true;
  for (const value of values) {
    if (!isDrawable(value, log)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    isInteger &&= Number.isInteger(value);
  }
  if (low > high) throw new RangeError("scaleOf: expected a drawable value, received none");
  if (low === high)
    [low, high] = log ? [low / 2, high * 2] : [low - (Math.abs(low) * 0.1 || 1), high + (Math.abs(high) * 0.1 || 1)];
  const [from, to] = log ? [Math.log10(low), Math.log10(high)] : [low, high];
  const extra = margin * (to - from);
  const domain = [from - extra, to + extra] as const;
  return { isLog: log, isInteger, domain: log ? [10 ** domain[0], 10 ** domain[1]] : domain };
}

/** The scale of an axis along which nothing lies. */
export function emptyScale(log: boolean): Scale {
  return { isLog: log, domain: [1, 10], isInteger: false, isEmpty: true };
}

/** Place of a value along its axis: 0 at the low end of the domain, 1 at the high end. */
export function fractionAt({ isLog, domain: [low, high] }: Scale, value: number): number {
  return isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** Inverse of `fractionAt`. */
export function valueAt({ isLog, domain: [low, high] }: Scale, fraction: number): number {
  return isLog ? low * (high / low) ** fraction : low + (high - low) * fraction;
}

const EXPONENT_FORMAT = "replace(format(datum.value, '.3~e'), '+', '')";
const LOG_TICK_FORMAT =
  "datum.value < 0.001 || datum.value >= 100000 ? replace(format(datum.value, '.0e'), '+', '') : format(datum.value, ',~r')";

export interface ChannelOptions {
  readonly label: string;
  readonly length: number; // px
  readonly nice?: boolean;
  /** Lines across the plot, for reading values off; by default at the y axis only. */
  readonly grid?: boolean;
}

/** Vega-Lite's position channel for this scale; the label breaks into two lines where it is long. */
export function positionChannel(field: string, scale: Scale, options: ChannelOptions): PositionFieldDef<string> {
  const { label, length, nice = false, grid } = options;
  const ticks = scale.isLog ? logTicks(scale.domain) : [];
  const largest = Math.max(...scale.domain.map(Math.abs));
  const needsExponent = !scale.isLog && (largest < 1e-3 || largest >= 1e7);
  const tickCount = Math.max(2, Math.round(length / 60));
  return {
    field,
    type: "quantitative",
    scale: scale.isLog
      ? { type: "log", domain: [...scale.domain], nice: false }
      : { type: "linear", domain: [...scale.domain], nice: nice && tickCount, zero: false },
    axis: {
      title: wrap(cleanText(label), 12, { width: length, maxLines: 2 }),
      tickCount,
      ...(grid !== undefined && { grid, domain: !grid, ticks: !grid }),
      ...(scale.isInteger && { tickMinStep: 1 }),
      ...(needsExponent && { labelExpr: EXPONENT_FORMAT }),
      ...(ticks.length > 1 && { values: ticks, labelExpr: LOG_TICK_FORMAT }),
      ...(scale.isEmpty && { values: [] }),
    },
  };
}

/** Powers of ten, at most eight; with 2 and 5 times them where there are fewer than three. */
function logTicks([low, high]: readonly [number, number]): number[] {
  const first = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => first + i);
  const inside = (tick: number) => tick >= low && tick <= high;
  const tens = powers.map((power) => Number(`1e${power}`)).filter(inside);
  if (tens.length >= 3) return tens.filter((_, i) => i % Math.ceil(tens.length / 8) === 0);
  return powers.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`))).filter(inside);
}

import { decimate, drawableRuns, type Run } from "./decimate.ts";
import { emptyScale, fractionAt, isDrawable, type Scale, scaleOf } from "./scale.ts";
import { seriesShape } from "./theme.ts";

export interface Series {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Both ends of the interval around each y, drawn as a band. */
  readonly low?: ArrayLike<number> | undefined;
  readonly high?: ArrayLike<number> | undefined;
  /** Index into the palette, by default the series' own: two series of one colour belong together. */
  readonly color?: number | undefined;
  /** By default the dash changes with every four series. */
  readonly dashed?: boolean | undefined;
}

/** What decides which points of a line chart are drawn. */
export interface LinePlot {
  readonly xScale: Scale;
  readonly yScale: Scale;
  readonly width: number; // px
}

/** One point of a line; `run` separates the stretches between gaps. */
export interface LineRow {
  readonly series: number;
  readonly run: string;
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** Shape of its marker, or null where it has none. */
  readonly marker: string | null;
}

/** One point of an interval band. */
export interface BandRow {
  readonly series: number;
  readonly run: string;
  readonly index: number;
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

const MARKER_LIMIT = 30; // points of a series up to which each has a marker

/** Scales that show every drawable point and interval; empty ones where there is no drawable point. */
export function planLines(series: readonly Series[], { logX, logY, width }: PlanOptions): LinePlot {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const { x, y, low, high } of series) {
    for (let i = 0; i < x.length; i++) {
      if (!isDrawable(x[i]!, logX) || !isDrawable(y[i]!, logY)) continue;
      xs.push(x[i]!);
      ys.push(y[i]!);
      if (low && high) ys.push(low[i]!, high[i]!);
    }
  }
  if (xs.length === 0) return { xScale: emptyScale(logX), yScale: emptyScale(logY), width };
  return { xScale: scaleOf(xs, { log: logX }), yScale: scaleOf(ys, { log: logY, margin: logY ? 0.03 : 0 }), width };
}

interface PlanOptions {
  readonly logX: boolean;
  readonly logY: boolean;
  readonly width: number;
}

/** Says why an empty chart is empty; nothing for any other. */
export function emptyCaption(series: readonly Series[], { xScale, yScale }: LinePlot): string {
  if (!yScale.isEmpty) return "";
  const wanted = xScale.isLog || yScale.isLog ? "finite and above zero on the log axis" : "finite";
  const received = series.map(({ name, x, y }) => `"${name}" begins with (${x[0]}, ${y[0]})`).join(", ");
  return `no point to draw: none is ${wanted} (${received})`;
}

export function lineRows(series: readonly Series[], { xScale, yScale, width }: LinePlot): LineRow[] {
  return series.flatMap(({ x, y }, s) => {
    const isDrawn = (i: number) => isDrawable(x[i]!, xScale.isLog) && isDrawable(y[i]!, yScale.isLog);
    const runs = drawableRuns(x.length, isDrawn);
    const isSparse = runs.reduce((sum, { start, end }) => sum + end - start, 0) <= MARKER_LIMIT;
    return runs.flatMap((run, r) =>
      visibleIndices(run, { x, xScale, width, curves: [y] }).map((index) => ({
        ...{ series: s, run: `${s}/${r}`, index, x: x[index]!, y: y[index]! },
        marker: isSparse || run.end - run.start === 1 ? seriesShape(s) : null,
      })),
    );
  });
}

export function bandRows(series: readonly Series[], { xScale, yScale, width }: LinePlot): BandRow[] {
  return series.flatMap(({ x, low, high }, s) => {
    if (!low || !high) return [];
    const isDrawn = (i: number) =>
      isDrawable(x[i]!, xScale.isLog) && isDrawable(low[i]!, yScale.isLog) && isDrawable(high[i]!, yScale.isLog);
    return drawableRuns(x.length, isDrawn).flatMap((run, r) =>
      visibleIndices(run, { x, xScale, width, curves: [low, high] }).map((index) => ({
        ...{ series: s, run: `${s}/${r}`, index, x: x[index]!, low: low[index]!, high: high[index]! },
      })),
    );
  });
}

interface View {
  readonly x: ArrayLike<number>;
  readonly xScale: Scale;
  readonly width: number;
  readonly curves: readonly ArrayLike<number>[];
}

function visibleIndices(run: Run, { x, xScale, width, curves }: View): number[] {
  if (run.end - run.start <= width) return Array.from({ length: run.end - run.start }, (_, i) => run.start + i);
  return decimate(run, (i) => Math.floor(fractionAt(xScale, x[i]!) * width), curves);
}

import { assertCount, assertNotEmpty } from "./checks.ts";
import { outline, sharedBins } from "./histogram-bins.ts";
import { bySeries, legendAbove } from "./legend.ts";
import { positionChannel, type Scale, scaleOf } from "./scale.ts";
import { seriesColor, seriesDash } from "./theme.ts";
import { type ChartSpec, type Layer, renderChart } from "./vega.ts";

export interface HistogramSeries {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

export interface HistogramOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Names the unit: `time (s)`. */
  readonly xLabel: string;
  readonly series: readonly HistogramSeries[];
  /** Number of bins of equal width that all series share; 40 by default. */
  readonly bins?: number | undefined;
  /** Shows shares of each series in place of counts: by default where series differ in length. */
  readonly shares?: boolean | undefined;
  readonly logY?: boolean | undefined;
  readonly width?: number | undefined; // px of the plot without its axes
  readonly height?: number | undefined; // px
}

/**
 * How often values fall into each of a row of bins that all series share, as stepped outlines that
 * let the others shine through. The bins span all finite values; a value on an inner border counts
 * in the bin above it. NaN and ±Infinity fall into no bin: the legend (the subtitle, for a single
 * series) counts them. Shares are of all values of a series, these included.
 *
 * @throws RangeError without series, for a series without values, where no value is finite, or for
 * `bins` that is no whole number from 1 up.
 */
export async function histogram(options: HistogramOptions): Promise<string> {
  const { title, subtitle = "", xLabel, series, bins = 40, logY = false, width = 560, height = 280 } = options;
  assertNotEmpty("histogram series", series);
  for (const { name, values } of series) assertNotEmpty(`histogram series "${name}" values`, values);
  assertCount("histogram bins", bins);
  if (!series.some(({ values }) => Array.prototype.some.call(values, Number.isFinite)))
    throw new RangeError("histogram values: expected a finite one, received none");
  const { edges, counts, notFinite } = sharedBins(
    series.map(({ values }) => values),
    bins,
  );
  const { shares = series.some(({ values }) => values.length !== series[0]!.values.length) } = options;
  const heights = counts.map((inBins, s) => inBins.map((count) => (shares ? count / series[s]!.values.length : count)));
  const yScale = heightScale(heights, logY);
  const rows = heights.flatMap((ofSeries, s) =>
    outline(edges, ofSeries, yScale.domain[0]).map((point, index) => ({ ...point, series: s, index })),
  );
  const yLabel = shares ? "share of values" : "count";
  const spec: ChartSpec = {
    width,
    height,
    data: { values: rows },
    encoding: {
      x: positionChannel("x", scaleOf(edges), { label: xLabel, length: width }),
      y: positionChannel("y", yScale, { label: yLabel, length: height, nice: true }),
    },
    layer: stepLayers(
      series.map(({ name }, s) => name + exception(notFinite[s]!)),
      { width, floor: yScale.domain[0] },
    ),
  };
  const note = series.length === 1 ? exception(notFinite[0]!) : "";
  const description = `Histogram of ${xLabel}: ${series.map(({ name }) => name).join(", ")}`;
  return renderChart(spec, { title, subtitle: `${subtitle}${note}`.trim(), description });
}

function exception(notFinite: number): string {
  return notFinite > 0 ? ` (${notFinite} not finite)` : "";
}

/** From zero; on a log axis from half of the smallest height above zero, where empty bins lie. */
function heightScale(heights: readonly Float64Array[], log: boolean): Scale {
  const all = heights.flatMap((ofSeries) => [...ofSeries]);
  if (!log) return { ...scaleOf([0, ...all]), isInteger: all.every(Number.isInteger) };
  const smallest = all.filter((height) => height > 0).reduce((a, b) => Math.min(a, b));
  return scaleOf([smallest / 2, ...all], { log });
}

function stepLayers(names: readonly string[], { width, floor }: { width: number; floor: number }): Layer[] {
  const legend = legendAbove(names, width, "stroke");
  const color = bySeries(
    names.map((_, s) => seriesColor(s)),
    legend,
  );
  const strokeDash = bySeries(
    names.map((_, s) => seriesDash(s)),
    legend,
  );
  return [
    { mark: { type: "area", opacity: 1, fillOpacity: 0.22 }, encoding: { y2: { datum: floor }, color } },
    {
      mark: { type: "line", strokeWidth: 1.5, strokeJoin: "miter" },
      encoding: { color, strokeDash, order: { field: "index" } },
    },
  ];
}

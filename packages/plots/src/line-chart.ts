import { assertLength, assertNotEmpty } from "./checks.ts";
import { bySeries, legendAbove } from "./legend.ts";
import { bandRows, emptyCaption, type LinePlot, lineRows, planLines, type Series } from "./line-rows.ts";
import { positionChannel } from "./scale.ts";
import { DASHED, SOLID, seriesColor, seriesDash } from "./theme.ts";
import { type ChartSpec, type Layer, renderChart } from "./vega.ts";

export interface LineChartOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Labels name the unit: `time (s)`. */
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  readonly logX?: boolean | undefined;
  readonly logY?: boolean | undefined;
  readonly width?: number | undefined; // px of the plot without its axes
  readonly height?: number | undefined; // px
}

/**
 * Lines of y over x with optional interval bands. A point with NaN or ±Infinity, or one at or below
 * zero on a log axis, is a gap in its line, and so is an end of an interval in its band; a point
 * alone between gaps is a dot. Any number of points: those that change no pixel are left out. Where
 * no point at all can be drawn, as of a training that diverged at once, the chart is empty and its
 * subtitle says why.
 *
 * @throws RangeError without series, for a series without points, or where only one end of the
 * intervals is given; ShapeError where lengths differ.
 */
export async function lineChart(options: LineChartOptions): Promise<string> {
  const {
    title,
    subtitle = "",
    xLabel,
    yLabel,
    series,
    logX = false,
    logY = false,
    width = 560,
    height = 300,
  } = options;
  assertNotEmpty("lineChart series", series);
  for (const one of series) assertSeries(one);
  const plot = planLines(series, { logX, logY, width });
  const names = series.map(({ name }) => name);
  const spec: ChartSpec = {
    width,
    height,
    encoding: {
      x: positionChannel("x", plot.xScale, { label: xLabel, length: width }),
      detail: { field: "run" },
    },
    layer: lineLayers(series, { ...plot, label: yLabel, height }),
  };
  const description = `Line chart of ${yLabel} over ${xLabel}: ${names.join(", ")}`;
  const caption = [subtitle, emptyCaption(series, plot)].filter((text) => text !== "").join("; ");
  return renderChart(spec, { title, subtitle: caption, description });
}

interface Layers extends LinePlot {
  readonly label: string;
  readonly height: number;
}

function lineLayers(series: readonly Series[], plot: Layers): Layer[] {
  const y = (field: string) =>
    positionChannel(field, plot.yScale, { label: plot.label, length: plot.height, nice: true });
  const legend = legendAbove(
    series.map(({ name }) => name),
    plot.width,
    "stroke",
  );
  const color = bySeries(
    series.map((one, i) => seriesColor(one.color ?? i)),
    legend,
  );
  const dashes = series.map(({ dashed }, i) => (dashed === undefined ? seriesDash(i) : dashed ? DASHED : SOLID));
  const rows = lineRows(series, plot);
  return [
    {
      data: { values: bandRows(series, plot) },
      mark: { type: "area", opacity: 1, fillOpacity: 0.25 },
      encoding: { y: y("low"), y2: { field: "high" }, color },
    },
    {
      data: { values: rows },
      mark: { type: "line", strokeWidth: 2, strokeJoin: "round" },
      encoding: { y: y("y"), order: { field: "index" }, color, strokeDash: bySeries(dashes, legend) },
    },
    {
      data: { values: rows.filter(({ marker }) => marker !== null) },
      mark: { type: "point", filled: true, size: 34, opacity: 1 },
      encoding: {
        y: y("y"),
        color,
        shape: { field: "marker", scale: null },
      },
    },
  ];
}

function assertSeries({ name, x, y, low, high }: Series): void {
  const where = `lineChart series "${name}"`;
  assertNotEmpty(`${where} points`, x);
  assertLength(`${where} y`, y, x.length);
  if (low === undefined && high === undefined) return;
  if (!low || !high)
    throw new RangeError(`${where}: expected both ends of the interval, received only ${low ? "low" : "high"}`);
  assertLength(`${where} low`, low, x.length);
  assertLength(`${where} high`, high, x.length);
}

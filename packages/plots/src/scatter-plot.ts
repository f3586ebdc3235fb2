import { assertNotEmpty } from "./checks.ts";
import { bySeries, legendAbove } from "./legend.ts";
import { positionChannel, scaleOf } from "./scale.ts";
import {
  LABEL_SIZE,
  type PlottedPoint,
  placePointLabels,
  plottedPoints,
  type ScatterFrame,
  type ScatterPoint,
  withoutHidden,
  withoutRests,
} from "./scatter-points.ts";
import { INK, seriesColor, seriesShape } from "./theme.ts";
import { type ChartSpec, type Layer, renderChart } from "./vega.ts";

export interface ScatterPlotOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Labels name the unit: `time (s)`. */
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly ScatterPoint[];
  /** Joins each group's points in their order: a trajectory, which ends in a larger point. */
  readonly connect?: boolean | undefined;
  readonly logX?: boolean | undefined;
  readonly logY?: boolean | undefined;
  readonly width?: number | undefined; // px of the plot without its axes
  readonly height?: number | undefined; // px
}

/**
 * Points, told apart by group through colour and shape, some with labels. A point with NaN or
 * ±Infinity, or one at or below zero on a log axis, is not drawn and is a gap in a trajectory. A
 * label that would cover a point or another label is left out, and the subtitle counts those. Of
 * thousands of points, those that hide behind another of their group are left out.
 *
 * @throws RangeError without points, or where none can be drawn.
 */
export async function scatterPlot(options: ScatterPlotOptions): Promise<string> {
  const { title, subtitle = "", xLabel, yLabel, points, connect = false } = options;
  const { logX = false, logY = false, width = 480, height = 400 } = options;
  assertNotEmpty("scatterPlot points", points);
  const groups = [...new Set(points.map(({ group = "" }) => group))];
  const drawn = plottedPoints(points, groups, { x: logX, y: logY });
  if (drawn.length === 0)
    throw new RangeError(
      `scatterPlot points: expected a finite one, received none (first: ${points[0]!.x}, ${points[0]!.y})`,
    );
  const scale = (axis: "x" | "y", log: boolean) =>
    scaleOf(
      drawn.map((point) => point[axis]),
      { log, margin: 0.05 },
    );
  const [xScale, yScale] = [scale("x", logX), scale("y", logY)];
  const frame = { xScale, yScale, width, height };
  const { labels, leftOut } = placePointLabels(drawn, frame);
  const spec: ChartSpec = {
    width,
    height,
    encoding: {
      x: positionChannel("x", xScale, { label: xLabel, length: width, grid: false }),
      y: positionChannel("y", yScale, { label: yLabel, length: height, grid: false }),
    },
    layer: [...pointLayers(drawn, { frame, groups, connect }), labelLayer(labels)],
  };
  const note = leftOut > 0 ? `${leftOut} of ${leftOut + labels.length} labels left out for want of room` : "";
  return renderChart(spec, {
    title,
    subtitle: [subtitle, note].filter((part) => part !== "").join("; "),
    description: `Scatter plot of ${yLabel} over ${xLabel}, ${drawn.length} points; groups: ${groups.join(", ") || "none"}`,
  });
}

interface PointStyle {
  readonly frame: ScatterFrame;
  readonly groups: readonly string[];
  readonly connect: boolean;
}

const SMALL_TRAJECTORY = 30; // points of a trajectory up to which each is marked

function pointLayers(drawn: readonly PlottedPoint[], { frame, groups, connect }: PointStyle): Layer[] {
  const legend = legendAbove(
    groups.map((group) => group || "other"),
    frame.width,
  );
  const color = bySeries(
    groups.map((_, i) => seriesColor(i)),
    legend,
  );
  const shape = bySeries(
    groups.map((_, i) => seriesShape(i)),
    legend,
  );
  const marked = connect && drawn.length > SMALL_TRAJECTORY * groups.length ? [] : withoutHidden(drawn, frame);
  const size = connect || marked.length > 1000 ? 16 : 42;
  const points: Layer = {
    data: { values: [...marked] },
    mark: { type: "point", filled: true, size, opacity: marked.length > 1000 ? 0.75 : 1 },
    encoding: { color, shape },
  };
  if (!connect) return [points];
  const ends = groups.flatMap((_, series) => drawn.findLast((point) => point.series === series) ?? []);
  return [
    {
      data: { values: [...withoutRests(drawn, frame)] },
      mark: { type: "line", strokeWidth: 1.5, strokeJoin: "round" },
      encoding: { color, detail: { field: "run" }, order: { field: "index" } },
    },
    points,
    {
      data: { values: ends },
      mark: { type: "point", filled: true, size: 110, opacity: 1 },
      encoding: { color, shape },
    },
  ];
}

function labelLayer(labels: readonly { x: number; y: number; label: string }[]): Layer {
  return {
    data: { values: [...labels] },
    mark: { type: "text", fontSize: LABEL_SIZE, color: INK, align: "center", baseline: "middle" },
    encoding: { text: { field: "label" } },
  };
}

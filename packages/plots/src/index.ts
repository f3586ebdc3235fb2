/**
 * Each kind of figure is loaded at its first call, so that importing this package costs a few
 * milliseconds only. What a figure takes, draws and throws stands in its own file.
 */
import type { BarChartOptions } from "./bar-chart.ts";
import type { BoxOverlayOptions } from "./box-overlay.ts";
import type { ConfusionHeatMapOptions } from "./confusion-heat-map.ts";
import type { HeatMapOptions } from "./heat-map.ts";
import type { HistogramOptions } from "./histogram.ts";
import type { ImageGridOptions } from "./image-grid.ts";
import type { LineChartOptions } from "./line-chart.ts";
import type { ScatterPlotOptions } from "./scatter-plot.ts";

export type { BarChartOptions } from "./bar-chart.ts";
export type { Bar } from "./bar-layers.ts";
export type { BoxOverlayOptions } from "./box-overlay.ts";
export type { Box, DrawnBox } from "./boxes.ts";
export type { ConfusionHeatMapOptions } from "./confusion-heat-map.ts";
export type { HeatMapOptions } from "./heat-map.ts";
export type { HistogramOptions, HistogramSeries } from "./histogram.ts";
export type { ImageGridOptions } from "./image-grid.ts";
export type { LineChartOptions } from "./line-chart.ts";
export type { Series } from "./line-rows.ts";
export type { Picture } from "./png.ts";
export type { ScatterPlotOptions } from "./scatter-plot.ts";
export type { ScatterPoint } from "./scatter-points.ts";
export { type PngOptions, svgToPng } from "./svg-to-png.ts";
export { escapeXml } from "./text.ts";
export { PALETTE, THEMES, type Theme } from "./theme.ts";
export type { GridImage } from "./tile.ts";

/** Lines of y over x with optional interval bands; see `line-chart.ts`. */
export async function lineChart(options: LineChartOptions): Promise<string> {
  return (await import("./line-chart.ts")).lineChart(options);
}

/** Bars, or dots, with optional intervals; see `bar-chart.ts`. */
export async function barChart(options: BarChartOptions): Promise<string> {
  return (await import("./bar-chart.ts")).barChart(options);
}

/** Points with optional labels and groups, or trajectories; see `scatter-plot.ts`. */
export async function scatterPlot(options: ScatterPlotOptions): Promise<string> {
  return (await import("./scatter-plot.ts")).scatterPlot(options);
}

/** How often values fall into bins that all series share; see `histogram.ts`. */
export async function histogram(options: HistogramOptions): Promise<string> {
  return (await import("./histogram.ts")).histogram(options);
}

/** A table of coloured cells; see `heat-map.ts`. */
export async function heatMap(options: HeatMapOptions): Promise<string> {
  return (await import("./heat-map.ts")).heatMap(options);
}

/** Counts and row shares of a confusion matrix; see `confusion-heat-map.ts`. */
export async function confusionHeatMap(options: ConfusionHeatMapOptions): Promise<string> {
  return (await import("./confusion-heat-map.ts")).confusionHeatMap(options);
}

/** Images in rows with captions and boxes; see `image-grid.ts`. */
export async function imageGrid(options: ImageGridOptions): Promise<string> {
  return (await import("./image-grid.ts")).imageGrid(options);
}

/** One large image with its true and predicted boxes; see `box-overlay.ts`. */
export async function boxOverlay(options: BoxOverlayOptions): Promise<string> {
  return (await import("./box-overlay.ts")).boxOverlay(options);
}

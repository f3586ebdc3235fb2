import type { Config } from "vega-lite";
import type { LayerSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import { svgDocument } from "./document.ts";
import { type Heading, headingLines, NARROWEST_TITLE, SUBTITLE_SIZE, TITLE_SIZE } from "./heading.ts";
import { textWidth } from "./text.ts";
import { INK } from "./theme.ts";

const AXIS_ROOM = 40; // px beside the plot that a title may use too
const NOISE = / (class|role|aria-[a-z]+|pointer-events)="[^"]*"| opacity="1"| font-family="figure-font"/g;
const PLACEHOLDER_FONT = "figure-font"; // taken out again: the root element names the font once

/** One look for all charts; grid lines only where values are read off. */
const CONFIG: Config = {
  aria: false,
  background: "transparent",
  font: PLACEHOLDER_FONT,
  padding: 8,
  view: { stroke: null },
  axis: {
    labelColor: INK,
    titleColor: INK,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 10,
    labelLimit: 0,
    titleLimit: 0,
    domainColor: INK,
    domainOpacity: 0.5,
    tickColor: INK,
    tickOpacity: 0.5,
    tickSize: 4,
    gridColor: INK,
    gridOpacity: 0.13,
  },
  axisX: { grid: false, labelFlush: false },
  axisY: { domain: false, ticks: false, labelPadding: 8 },
  legend: { labelColor: INK, titleColor: INK, labelFontSize: 11, titleFontSize: 11, labelLimit: 0, titleLimit: 0 },
  title: {
    anchor: "start",
    frame: "bounds",
    color: INK,
    fontSize: TITLE_SIZE,
    fontWeight: "bold",
    offset: 12,
    limit: 0,
    subtitleColor: INK,
    subtitleFontSize: SUBTITLE_SIZE,
    subtitlePadding: 5,
  },
};

/** One kind of mark in a chart. */
export type Layer = UnitSpec<string>;

export type ChartSpec = LayerSpec<string> & { readonly width: number };

export interface ChartText extends Heading {
  /** What the chart shows, in one line for screen readers. */
  readonly description: string;
}

/**
 * Draws a Vega-Lite chart as a self-contained SVG. Vega is loaded here, at the first chart, as it
 * takes a few tenths of a second.
 */
export async function renderChart(spec: ChartSpec, text: ChartText): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  measureAsWeDo(vega);
  const compiled = vegaLite.compile({ ...spec, title: titleParams(text, spec.width), config: CONFIG }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none" });
  try {
    return asDocument(await view.toSVG(), text);
  } finally {
    view.finalize();
  }
}

function titleParams(text: ChartText, width: number) {
  const { title, subtitle } = headingLines(text, Math.max(width + AXIS_ROOM, NARROWEST_TITLE));
  return { text: title, ...(subtitle.length > 0 && { subtitle }) };
}

/** Vega guesses 0.8 em a letter, or asks `canvas` where that happens to be installed: charts would differ. */
function measureAsWeDo(vega: unknown): void {
  const { textMetrics } = vega as { textMetrics: { width: (item: TextItem, text: string) => number } };
  textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
    textWidth(String(text), fontSize, { bold: fontWeight === "bold" });
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

function asDocument(svg: string, text: ChartText): string {
  const root = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>(.*)<\/svg>$/s.exec(svg);
  if (root === null) throw new Error(`renderChart: expected an <svg> from Vega, received ${svg.slice(0, 80)}`);
  const [, width, height, body] = root;
  return svgDocument({
    ...text,
    width: Math.ceil(Number(width)),
    height: Math.ceil(Number(height)),
    body: tidy(body!),
  });
}

/** Leaves out what Vega writes for its own interaction, and digits beyond a hundredth of a pixel. */
function tidy(body: string): string {
  return body
    .replace(/<path [^>]*display="none"[^>]*\/>|<path class="background"[^>]*\/>/g, "")
    .replace(/<[^>]+>/g, (tag) =>
      tag.replace(NOISE, "").replace(/-?\d+\.\d{3,}/g, (number) => `${+(+number).toFixed(2)}`),
    );
}

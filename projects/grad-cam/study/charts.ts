import { lineChart } from "@course/plots";
import type { Curve } from "../src/curves.ts";
import type { Sanity } from "./sanity-check.ts";

/** By kind of map. */
export type Curves = Readonly<Record<string, Curve>>;

/** The probability of the answer over the share of pixels, the mean over images with its uncertainty, for each kind of map. */
export function drawCurves(curves: Curves, way: "deletion" | "insertion"): Promise<string> {
  const [first] = Object.values(curves).map((curve) => curve[way]);
  const x = Array.from(first[0], (_, i) => i / (first[0].length - 1));
  const series = Object.entries(curves).map(([name, { [way]: all }]) => {
    const statistics = x.map((_, i) => meanAndError(all.map((curve) => curve[i])));
    const [y, low, high] = [statistics.map((s) => s.mean), statistics.map((s) => s.low), statistics.map((s) => s.high)];
    return { name, x, y, low, high };
  });
  const title = way === "deletion" ? "Deletion: lower is better" : "Insertion: higher is better";
  const xLabel = way === "deletion" ? "share of pixels covered" : "share of pixels shown";
  const subtitle = `mean over ${first.length} test images ± 1.96 standard errors`;
  return lineChart({ title, subtitle, xLabel, yLabel: "probability of the answer", series });
}

function meanAndError(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const margin = 1.96 * Math.sqrt(variance / values.length);
  return { mean, low: mean - margin, high: mean + margin };
}

/** How alike the maps of the trained network and of the partly random ones are. */
export function drawSanity(sanity: readonly Sanity[]): Promise<string> {
  const x = sanity.map((_, i) => i);
  const series = Object.keys(sanity[0].correlation).map((name) => ({
    name,
    x,
    y: sanity.map((stage) => stage.correlation[name]),
  }));
  const yLabel = "rank correlation with the trained network's map";
  return lineChart({ title: "Maps of a network randomised from its end", xLabel: "layers randomised", yLabel, series });
}

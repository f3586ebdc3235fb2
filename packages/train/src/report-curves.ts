import { lineChart } from "@course/plots";
import type { LogLine } from "./metrics-log.ts";

export const SIZE = { width: 420, height: 250 }; // px: two in a row on a desk, readable on a phone
const STRETCHES = 100; // of a long curve

interface Points {
  readonly x: number[];
  readonly y: number[];
}

interface Curve extends Points {
  readonly name: string;
}

/** One chart for each metric of the epochs, its splits together; then what was logged by step. */
export async function drawCurves(lines: readonly LogLine[]): Promise<string[]> {
  const epochs = lines.filter((line) => "train/epochLoss" in line);
  const steps = lines.filter((line) => "train/loss" in line && !("train/epochLoss" in line));
  const byEpoch = epochs.length < 2 ? [] : epochCharts(epochs);
  return Promise.all([
    ...byEpoch.map(([metric, curves]) => {
      const title = curves.length === 1 ? `${curves[0]!.name} ${metric}` : metric; // one curve has no legend
      return lineChart({ title: `${title} by epoch`, xLabel: "epoch", yLabel: metric, series: curves, ...SIZE });
    }),
    ...stepChart(steps, "train/loss", "training loss by step"),
    ...stepChart(steps, "train/rate", "learning rate by step"),
  ]);
}

function epochCharts(epochs: readonly LogLine[]): [metric: string, Curve[]][] {
  const charts = new Map<string, Curve[]>();
  const keys = new Set(epochs.flatMap((line) => Object.keys(line)).filter((key) => key.includes("/")));
  for (const key of keys) {
    const [split = "", metric = ""] = key.split("/");
    const chart = metric === "epochLoss" ? "loss" : metric;
    charts.set(chart, [...(charts.get(chart) ?? []), { name: split, ...pointsOf(epochs, key, "epoch") }]);
  }
  return [...charts];
}

function stepChart(steps: readonly LogLine[], key: string, title: string): Promise<string>[] {
  const points = pointsOf(steps, key, "step");
  if (points.x.length < 2) return [];
  const series = [{ name: key, ...summarizeStretches(points) }];
  return [lineChart({ title, xLabel: "step", yLabel: key.slice(key.indexOf("/") + 1), series, ...SIZE })];
}

/** Of a long curve the mean of each stretch, in a band from its least to its greatest value: single steps would be a blot. */
export function summarizeStretches(points: Points): Points & { low?: number[]; high?: number[] } {
  const { x, y } = points;
  if (x.length <= 2 * STRETCHES) return points;
  const size = Math.ceil(x.length / STRETCHES);
  const starts = x.flatMap((_, i) => (i % size === 0 ? [i] : []));
  const stretches = starts.map((start) => y.slice(start, start + size));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    x: starts.map((start) => mean(x.slice(start, start + size))),
    y: stretches.map(mean),
    low: stretches.map((values) => Math.min(...values)),
    high: stretches.map((values) => Math.max(...values)),
  };
}

/** A metric need not be in every line. JSON has null for what is no finite number: a gap in the curve, not a 0. */
export function pointsOf(lines: readonly LogLine[], key: string, axis: "epoch" | "step"): Points {
  const logged = lines.filter((line) => key in line);
  return { x: logged.map((line) => line[axis]!), y: logged.map((line) => line[key] ?? Number.NaN) };
}

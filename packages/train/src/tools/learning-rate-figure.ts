import { lineChart } from "@course/plots";
import type { LearningRateSweep } from "./learning-rate-sweep.ts";

/** The sweep of `findLearningRate` as an SVG: loss over rate, the suggestion marked. */
export function drawLearningRateSweep({
  rates,
  losses,
  smoothed,
  suggestion,
  diverged,
}: LearningRateSweep): Promise<string> {
  const found =
    suggestion === null ? "no rate at which the loss falls" : `steepest descent at ${suggestion.toPrecision(2)}`;
  const mark =
    suggestion === null ? [] : [{ name: "suggestion", x: [suggestion], y: [smoothed[rates.indexOf(suggestion)]!] }];
  return lineChart({
    title: "Learning-rate finder",
    subtitle: diverged ? found : `${found}; the loss did not grow: try a higher maximum`,
    xLabel: "learning rate",
    yLabel: "training loss",
    logX: true,
    series: [{ name: "loss", x: rates, y: losses }, { name: "smoothed", x: rates, y: smoothed }, ...mark],
  });
}

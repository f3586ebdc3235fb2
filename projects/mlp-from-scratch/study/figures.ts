import { meanAndSd } from "@course/metrics";
import { histogram, lineChart, type Series } from "@course/plots";
import type { Regulariser, StudyRun } from "./train-one.ts";

/** Mean and, as a band, one standard deviation to either side over the seeds, at each x. */
function band(name: string, x: readonly number[], values: readonly (readonly number[])[]): Series {
  const spreads = values.map((ofSeeds) => meanAndSd(ofSeeds));
  const y = spreads.map(({ mean }) => mean);
  if (spreads.some(({ sd }) => sd === undefined)) return { name, x, y };
  const edge = (sign: number) => spreads.map(({ mean, sd = 0 }) => mean + sign * sd);
  return { name, x, y, low: edge(-1), high: edge(1) };
}

function overLambda(name: string, runs: readonly StudyRun[], pick: (run: StudyRun) => number): Series {
  const lambdas = [...new Set(runs.map(({ lambda }) => lambda))].sort((a, b) => a - b);
  return band(
    name,
    lambdas,
    lambdas.map((lambda) => runs.filter((run) => run.lambda === lambda).map(pick)),
  );
}

function curves(name: string, runs: readonly StudyRun[], pickAll: (run: StudyRun) => readonly number[]): Series {
  const epochs = Array.from(pickAll(runs[0]!), (_, i) => i + 1);
  return band(
    name,
    epochs,
    epochs.map((epoch) => runs.map((run) => pickAll(run)[epoch - 1]!)),
  );
}

export interface Chosen {
  readonly name: string;
  readonly runs: readonly StudyRun[];
  /** Of the first seed. */
  readonly weights: Float32Array;
}

/** All figures by file name: SVG. `chosen` are the runs without, with L1 and with L2 that are compared closely. */
export async function drawStudy(runs: readonly StudyRun[], chosen: readonly Chosen[]): Promise<Record<string, string>> {
  const of = (regulariser: Regulariser) => runs.filter((run) => run.regulariser === regulariser);
  const subtitle = "mean ± standard deviation over the seeds";
  const lossChart = (regulariser: "l1" | "l2") =>
    lineChart({
      title: `${regulariser.toUpperCase()}: loss against λ`,
      subtitle: `cross-entropy without the penalty, ${subtitle}`,
      xLabel: "λ",
      yLabel: "loss (nats)",
      logX: true,
      series: [
        overLambda("training", of(regulariser), ({ trainLoss }) => trainLoss),
        overLambda("validation", of(regulariser), ({ validationLoss }) => validationLoss),
      ],
    });
  return {
    "loss-l1": await lossChart("l1"),
    "loss-l2": await lossChart("l2"),
    "near-zero": await lineChart({
      title: "Weights near zero",
      subtitle: `share of kernel weights with |w| < 0.001, ${subtitle}`,
      xLabel: "λ",
      yLabel: "share",
      logX: true,
      series: [
        overLambda("L1", of("l1"), ({ nearZero }) => nearZero),
        overLambda("L2", of("l2"), ({ nearZero }) => nearZero),
      ],
    }),
    weights: await histogram({
      title: "Weights without and with regularisation",
      xLabel: "weight",
      logY: true,
      series: chosen.map(({ name, weights }) => ({ name, values: weights })),
    }),
    "learning-curves": await lineChart({
      title: "Learning curves without and with regularisation",
      subtitle: `training: mean during the epoch; validation: after it; ${subtitle}`,
      xLabel: "epoch",
      yLabel: "loss (nats)",
      series: chosen.flatMap(({ name, runs: own }, color) => [
        { ...curves(`${name}, training`, own, ({ trainCurve }) => trainCurve), color, dashed: true },
        { ...curves(`${name}, validation`, own, ({ validationCurve }) => validationCurve), color, dashed: false },
      ]),
    }),
  };
}

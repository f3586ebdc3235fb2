import { accuracy, confusionMatrix, type Interval } from "@course/metrics";
import { barChart, confusionHeatMap } from "@course/plots";
import type { Outcome, Run } from "@course/train";
import { FORMS, type Splits } from "../src/data.ts";
import { difference, predict } from "../src/evaluate.ts";
import { predictBaselines } from "./baselines.ts";
import type { Contestant } from "./contestant.ts";
import { score } from "./score.ts";

interface Context extends Splits {
  /** Rows of the vector table. */
  readonly words: number;
  /** Examples that each model has seen, the same one again and again included. */
  readonly examples: number;
}

const RECURRENT = ["gru", "bilstm"];

/** All models on the test, read once; the one that validation chose gives the run's result. */
export async function reportResults(run: Run, contestants: readonly Contestant[], context: Context): Promise<Outcome> {
  const { test, validation } = context;
  const random = run.random.stream("bootstrap");
  const rows = contestants.map(({ model, table, clock }) => {
    const predicted = predict(model, table, test);
    const validated = accuracy(predict(model, table, validation), validation.labels);
    return { name: model.name as string, predicted, validated, clock, ...score(predicted, test.labels, random) };
  });
  const best = rows.reduce((a, b) => (b.validated > a.validated ? b : a));
  const others = Object.entries(predictBaselines(context)).map(([name, predicted]) => ({
    name,
    predicted,
    ...score(predicted, test.labels, random),
  }));

  const metrics: Record<string, number> = {
    "test/accuracy": best.accuracy.estimate,
    "test/macroF1": best.macroF1.estimate,
  };
  for (const row of rows) {
    metrics[`${row.name}/accuracy`] = row.accuracy.estimate;
    metrics[`${row.name}/macroF1`] = row.macroF1.estimate;
    metrics[`${row.name}/seconds`] = row.clock.seconds;
    metrics[`${row.name}/examplesPerSecond`] = context.examples / row.clock.seconds;
  }
  const bestOf = (isOne: (name: string) => boolean) =>
    rows.filter(({ name }) => isOne(name)).sort((a, b) => b.validated - a.validated)[0];
  const recurrent = bestOf((name) => RECURRENT.includes(name));
  const perceptron = bestOf((name) => name.startsWith("mlp"));
  const compared: { name: string; interval: Interval }[] = [];
  const compare = (name: string, a: typeof recurrent | undefined, b: { predicted: Uint32Array } | undefined) => {
    if (!a || !b) return;
    const interval = difference([a.predicted, b.predicted], test.labels, random);
    compared.push({ name, interval });
    metrics[`difference/${name}`] = interval.estimate;
    metrics[`difference/${name}-low`] = interval.low;
  };
  compare("recurrent-mlp", recurrent, perceptron);
  compare("mlp-table", perceptron, others.at(-1));
  await draw(run, {
    rows: [...rows, ...others],
    compared,
    confusion: confusionMatrix(best.predicted, test.labels, FORMS.length),
    best: best.name,
  });
  return { metrics, baselines: Object.fromEntries(others.map(({ name, accuracy }) => [name, accuracy.estimate])) };
}

interface Figures {
  readonly rows: readonly { name: string; accuracy: Interval; macroF1: Interval; clock?: { seconds: number } }[];
  readonly compared: readonly { name: string; interval: Interval }[];
  readonly confusion: ReturnType<typeof confusionMatrix>;
  readonly best: string;
}

async function draw(run: Run, { rows, compared, confusion, best }: Figures): Promise<void> {
  const bar = (name: string, { estimate, low, high }: Interval) => ({ name, value: estimate, low, high });
  const chart = (title: string, yLabel: string, bars: ReturnType<typeof bar>[]) => barChart({ title, yLabel, bars });
  run.figure(
    "accuracy",
    await chart(
      "Right answers on the test, 95 % intervals",
      "accuracy (fraction)",
      rows.map((row) => bar(row.name, row.accuracy)),
    ),
  );
  run.figure(
    "macro-f1",
    await chart(
      "Mean F1 of the twelve forms, 95 % intervals",
      "macro F1",
      rows.map((row) => bar(row.name, row.macroF1)),
    ),
  );
  const seconds = rows.flatMap(({ name, clock }) => (clock ? [{ name, value: clock.seconds }] : []));
  run.figure("seconds", await barChart({ title: "Time that training took", yLabel: "seconds", bars: seconds }));
  if (compared.length > 0)
    run.figure(
      "differences",
      await chart(
        "Difference in accuracy on the same gaps, 95 % intervals",
        "difference (fraction)",
        compared.map(({ name, interval }) => bar(name, interval)),
      ),
    );
  run.figure(
    "confusion",
    await confusionHeatMap({ title: `Which form was taken for which (${best})`, classes: FORMS, confusion }),
  );
}

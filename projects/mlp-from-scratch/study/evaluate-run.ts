import { join } from "node:path";
import { createRandom, exitOnUserError } from "@course/core";
import { confusionMatrix, scoresByClass, wilsonInterval } from "@course/metrics";
import {
  FLAG_TEXTS,
  parsePathsAndFlags,
  readCheckpoint,
  readRunSettings,
  saveableArrays,
  savedRunFolder,
} from "@course/train";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { loadSplits } from "../src/data.ts";
import { type Evaluation, evaluate } from "../src/evaluate.ts";
import { Mlp } from "../src/mlp.ts";
import experiment from "../src/train.ts";

/** The best checkpoint of a run on its test images. */
async function evaluateRun(
  folder: string,
): Promise<{ result: Evaluation; labels: Uint8Array; classes: readonly string[] }> {
  const { seed, config } = readRunSettings(folder, experiment.config);
  const random = createRandom(seed);
  const { test } = await loadSplits(config.dataset, random.stream("split"), { limit: config.limit || undefined });
  const [, height, width, channels] = test.shape;
  const sizes = [height * width * channels, ...config.hidden, test.classes.length];
  const model = new Mlp(sizes, { ...config, random, arithmetic: await loadFloat32() });
  const { parts } = readCheckpoint(join(folder, "checkpoints", "best"), console.warn);
  saveableArrays(model.parameters.map(({ value }) => value)).restore(parts.model!);
  return { result: evaluate(model, test), labels: test.labels, classes: test.classes };
}

await exitOnUserError(async () => {
  const { run, out } = FLAG_TEXTS;
  const { flags } = parsePathsAndFlags(process.argv.slice(2), {
    call: "pnpm --filter mlp-from-scratch run evaluate",
    does: "Judges a run's best checkpoint on the test images again, class by class.",
    flags: { run, out },
  });
  const folder = savedRunFolder("mlp-from-scratch", flags);
  const { result, labels, classes } = await evaluateRun(folder);
  const right = result.predicted.filter((label, i) => label === labels[i]).length;
  const { low, high } = wilsonInterval(right, labels.length);
  const scores = scoresByClass(confusionMatrix(result.predicted, labels, classes.length));
  const rows = scores.map(({ precision, recall, f1, support }, i) =>
    [
      classes[i]!.padEnd(14),
      ...[precision, recall, f1].map((score) => score.toFixed(3).padStart(10)),
      String(support).padStart(8),
    ].join(""),
  );
  console.log(folder);
  console.log(
    `test/accuracy ${result.accuracy.toFixed(4)} (95 %: ${low.toFixed(4)} to ${high.toFixed(4)}), test/loss ${result.loss.toFixed(4)}\n`,
  );
  console.log(
    ["class".padEnd(14), ...["precision", "recall", "F1"].map((name) => name.padStart(10)), "images".padStart(8)].join(
      "",
    ),
  );
  for (const row of rows) console.log(row);
});

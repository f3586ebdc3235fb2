import { createRandom } from "@course/core";
import { expect, test } from "vitest";
import { expectOnly, expectSilence } from "./expect-diagnosis.ts";
import { drawPictures } from "./tiny-data.ts";
import { fitTiny } from "./tiny-regression.ts";
import { consumption, errorsOf, seasonalNaiveError } from "./tiny-series.ts";
import { trainTiny } from "./tiny-training.ts";

test("overfitting, and the epoch where it began", async () => {
  const finding = expectOnly(
    await trainTiny({
      train: drawPictures(60, { seed: 1, noise: 250 }),
      validation: drawPictures(500, { seed: 2, noise: 250 }),
      epochs: 60,
      batchSize: 16,
      learningRate: 0.5,
    }),
    "overfitting",
  );
  expect(finding.epoch).toBeGreaterThan(2);
  expect(finding.epoch).toBeLessThan(30);
});

test("validation far better than training: dropout, unless the project says so", async () => {
  const dropout = { dropout: 0.5, epochs: 10 };
  expect(expectOnly(await trainTiny(dropout), "validation-better").cause).toContain("dropout");
  expectSilence(await trainTiny({ ...dropout, probe: { trainingOnly: ["dropout"] } }));
});

test("validation far better than training: a third of the training labels is wrong", async () => {
  const train = drawPictures(1210, { seed: 1 });
  const labels = train.labels.map((label, i) => (i % 3 === 0 ? (label + 1 + (i % 9)) % 10 : label));
  expectOnly(await trainTiny({ train: { ...train, labels }, learningRate: 0.1, epochs: 6 }), "validation-better");
});

test("accuracy in percent", async () => {
  const metrics = ({ accuracy }: { accuracy: number }) => ({ "validation/top1Accuracy": 100 * accuracy });
  const finding = expectOnly(await trainTiny({ metrics }), "metric-range");
  expect(finding.evidence).toMatch(/validation\/top1Accuracy is [\d.]+, expected a number in \[0, 1\]/);
  expect(finding.cause).toContain("percent");
});

test("precision of a class that no example has: not a number", async () => {
  const metrics = ({ isRight }: { isRight: readonly boolean[] }) => {
    const rare = isRight.filter((_, i) => i < 0); // nobody
    return { "validation/precision": rare.filter(Boolean).length / rare.length };
  };
  expect(expectOnly(await trainTiny({ metrics }), "metric-range").evidence).toContain("validation/precision is NaN");
});

test("intersection over union without a floor at 0", async () => {
  const random = createRandom(3);
  const draw = (count: number) => {
    const y = Array.from({ length: count }, () =>
      [random.uniform(0, 14), random.uniform(17, 32)].map((edge) => edge / 32),
    );
    const bump = ([low, high]: readonly number[]) =>
      Array.from({ length: 32 }, (_, t) => Number(t >= 32 * low && t < 32 * high) + random.normal(0, 0.3));
    return { x: y.map(bump), y };
  };
  const [train, validation] = [draw(200), draw(80)];
  const meanIou = (clamp: (width: number) => number) => (outputs: readonly (readonly number[])[]) => {
    const ious = outputs.map(([low, high], i) => {
      const [a, b] = validation.y[i];
      return clamp(Math.min(high, b) - Math.max(low, a)) / (Math.max(high, b) - Math.min(low, a));
    });
    return { "validation/iou": ious.reduce((sum, iou) => sum + iou, 0) / ious.length };
  };
  const settings = { train, validation, hidden: [8], epochs: 2, learningRate: 0.002 };
  const broken = await fitTiny({ ...settings, metrics: meanIou((width) => width) });
  expect(expectOnly(broken, "metric-range").cause).toContain("boxes");
  expectSilence(await fitTiny({ ...settings, metrics: meanIou((width) => Math.max(0, width)) }));
});

/** A month's consumption from the twelve before it; `scale` is what the target is divided by. */
function forecast(scale: number, learningRate: number) {
  const { train, validation, variance } = consumption();
  const y = validation.y.map(([value]) => [value / scale]);
  return fitTiny({
    train: { ...train, y: train.y.map(([value]) => [value / scale]) },
    validation: { ...validation, y },
    epochs: 6,
    learningRate,
    probe: {
      task: { kind: "regression", constantLoss: variance / scale ** 2 },
      baselines: { "validation/mae": { "seasonal naive": seasonalNaiveError(validation) / scale } },
    },
    metrics: (outputs) => errorsOf(outputs, y),
  });
}

test("a target that is not scaled: worse than the mean and than the same month of last year", async () => {
  const finding = expectOnly(await forecast(1, 0.001), "worse-than-baseline");
  expect(finding.evidence).toContain("seasonal naive");
  expect(finding.evidence).toContain("always the mean 0");
  expectSilence(await forecast(200, 0.05));
});

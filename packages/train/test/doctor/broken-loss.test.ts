import { createRandom } from "@course/core";
import { expect, test } from "vitest";
import { expectOnly } from "./expect-diagnosis.ts";
import { drawPictures } from "./tiny-data.ts";
import { doubleSoftmaxCrossEntropy } from "./tiny-losses.ts";
import { fitTiny } from "./tiny-regression.ts";
import { shareOf, trainTiny } from "./tiny-training.ts";

const pictures = drawPictures(1210, { seed: 1 });
const unjoined = { ...pictures, labels: createRandom(5).shuffle(pictures.labels.slice()) };

test.each([{ hidden: [] }, { hidden: [24] }])(
  "labels that are not joined to their inputs: the loss is stuck at ln 10 ($hidden)",
  async ({ hidden }) => {
    const finding = expectOnly(await trainTiny({ train: unjoined, hidden }), "stuck-loss");
    expect(finding.evidence).toContain("a constant answer costs 2.3026"); // ln 10
  },
);

test("labels that are not joined stay named while the model learns them by heart", async () =>
  void expectOnly(await trainTiny({ train: unjoined, epochs: 20 }), "stuck-loss"));

test("a learning rate far too low: the loss is stuck", async () =>
  void expectOnly(await trainTiny({ learningRate: 1e-5 }), "stuck-loss"));

test("squared error of two balanced classes that learns nothing: stuck at 0.25", async () => {
  const random = createRandom(1);
  const draw = (count: number) => ({
    x: Array.from({ length: count }, () => [random.normal(), random.normal()]),
    y: Array.from({ length: count }, (_, i) => [i % 2]), // whatever x is
  });
  const probe = { task: { kind: "classification", numClasses: 2, loss: "mse" } } as const;
  const diagnosis = await fitTiny({ train: draw(800), validation: draw(400), epochs: 4, probe });
  expect(expectOnly(diagnosis, "stuck-loss").evidence).toContain("a constant answer costs 0.2500");
});

test("softmax applied twice is told by its floor of 1.4612", async () => {
  const diagnosis = await trainTiny({ lossOf: doubleSoftmaxCrossEntropy, epochs: 12, learningRate: 0.5 });
  const finding = expectOnly(diagnosis, "double-softmax");
  expect(finding.evidence).toContain("−ln(e/(e+C−1)) = 1.4612");
});

test.each([0.2 / 32, 0.002])("the sum over a batch for its mean (learning rate %d)", async (learningRate) => {
  const finding = expectOnly(await trainTiny({ lossFactor: (size) => size, learningRate }), "loss-scale");
  expect(finding.evidence).toContain("batches of 32");
});

test("a sum over the batch in the validation loss as well: told by the first and the last step", async () => {
  const diagnosis = await trainTiny({
    train: drawPictures(1154, { seed: 1 }), // 36 batches of 32 and one of 2
    lossFactor: (size) => size,
    learningRate: 0.005,
    metrics: ({ loss }) => ({ "validation/loss": 500 * loss }),
  });
  expectOnly(diagnosis, "loss-scale");
});

test("the last batch of training is dropped", async () => {
  const finding = expectOnly(await trainTiny({ dropLastBatch: true }), "dropped-batch");
  expect(finding.evidence).toBe("1,184 of 1,210 training examples in an epoch: whole batches of 32, 26 left over");
});

test("the last batch of the evaluation is dropped", async () => {
  const metrics = ({ isRight }: { isRight: readonly boolean[] }) => ({
    "validation/accuracy": shareOf(isRight.slice(0, 448)), // 7 whole batches of 64 from 500
  });
  const noisy = {
    train: drawPictures(1210, { seed: 1, noise: 200 }),
    validation: drawPictures(500, { seed: 2, noise: 200 }),
  };
  const finding = expectOnly(await trainTiny({ ...noisy, metrics }), "dropped-batch");
  expect(finding.evidence).toContain("right answers of 500");
});

test("a training loss that the project averages over batches", async () => {
  const mean = (losses: readonly number[]) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const diagnosis = await trainTiny({ metrics: ({ stepLosses }) => ({ "train/loss": mean(stepLosses) }) });
  expect(expectOnly(diagnosis, "batch-mean").evidence).toContain("the mean over batches");
});

import { test } from "vitest";
import { expectSilence } from "./expect-diagnosis.ts";
import { drawPictures } from "./tiny-data.ts";
import { meanSquaredError } from "./tiny-losses.ts";
import { fitTiny } from "./tiny-regression.ts";
import { type Settings, trainTiny } from "./tiny-training.ts";

const sound: Record<string, Settings> = {
  "the default": {},
  "one epoch": { epochs: 1 },
  "one step": { epochs: 1, batchSize: 2000 },
  "without a probe": { probe: { task: undefined, labels: undefined, inputs: undefined, layers: undefined } as never },
  "a linear model": { hidden: [] },
  "three hidden layers": { hidden: [24, 16, 16], learningRate: 0.1, epochs: 6 },
  "pictures that are hard to tell apart": {
    train: drawPictures(1210, { seed: 3, noise: 220 }),
    validation: drawPictures(500, { seed: 4, noise: 220 }),
    learningRate: 0.05,
    epochs: 8,
  },
  "squared error": {
    lossOf: meanSquaredError,
    learningRate: 1,
    epochs: 8,
    probe: { task: { kind: "classification", numClasses: 10, loss: "mse" } },
  },
  "one class in two": {
    train: drawPictures(1210, { seed: 5, shares: [0.5, 0.2, 0.1, 0.05, 0.05, 0.02, 0.02, 0.02, 0.02, 0.02] }),
    validation: drawPictures(500, { seed: 6, shares: [0.5, 0.2, 0.1, 0.05, 0.05, 0.02, 0.02, 0.02, 0.02, 0.02] }),
  },
  "batches of one": { batchSize: 1, learningRate: 0.02, epochs: 2 },
  "weights that are large at the start, but recover": { start: 1, learningRate: 0.1, epochs: 6 },
};

test.each(Object.entries(sound))("silent: %s", async (_, settings) => expectSilence(await trainTiny(settings)));

test.each([1, 2, 3, 4, 5, 6, 7, 8])("silent: a smoke run of a few hundred examples, seed %d", async (seed) => {
  const splits = { train: drawPictures(550, { seed }), validation: drawPictures(50, { seed: seed + 100 }) };
  expectSilence(await trainTiny({ ...splits, seed, epochs: 3, batchSize: 64, learningRate: 0.05 }));
  expectSilence(await trainTiny({ ...splits, seed, epochs: 2, batchSize: 32, learningRate: 0.3 }));
});

test("silent: a straight line fitted by squared error", async () => {
  const x = Array.from({ length: 200 }, (_, i) => [(i - 100) / 58, (i % 7) / 2 - 1.5]);
  const table = { x, y: x.map(([a, b]) => [2 * a - b + 1]) };
  const probe = { inputs: { sample: x.flat(), expected: "standardised" } } as const;
  expectSilence(await fitTiny({ train: table, validation: table, epochs: 12, probe }));
});

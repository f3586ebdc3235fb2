import { join } from "node:path";
import { areOnPixels, firstScenes, gatherScenes, type Scenes } from "@course/data";
import {
  adamw,
  layersOf,
  leakGuard,
  saveable,
  saveableOptimizer,
  saveModel,
  setLearningRate,
  tf,
  useBackend,
} from "@course/tf";
import { defineExperiment, holdThenFall, type Run, runExperiment } from "@course/train";
import { meanBoxesScore } from "../report/baseline.ts";
import { drawFigures } from "../report/figures.ts";
import { type Judged, judge, score } from "../report/score.ts";
import { type Config, config } from "./config.ts";
import { gatherTargets, loadSplits, type Splits } from "./data.ts";
import { targetsOf } from "./loss.ts";
import { buildModel } from "./model.ts";
import { trainStep } from "./step.ts";

const experiment = defineExperiment({
  name: "object-detection",
  task: "find the digits in a picture: where each is, and which",
  config,
  presets: {
    smoke: { model: "conv-a", scenes: 640, heldOut: 100, epochs: 1 },
    full: { epochs: 30, heldOut: 2_000 },
    ten: { epochs: 20, heldOut: 2_000, classes: 10 },
    "conv-a": { model: "conv-a" }, // the baselines, on as many scenes as default
    "conv-b": { model: "conv-b" },
    "conv-c": { model: "conv-c" },
  },
  monitor: { metric: "validation/mAP", mode: "max" },
  reference: {
    metric: "test/mAPUnrounded",
    value: 0.825,
    source: "a residual network of this size in PyTorch 2.15, 10 minutes on one thread",
  },
  backends: ["auto", "wasm", "native", "cpu"],
  async run(config, run) {
    const { backend, threads, vectorWidth = "no own" } = await useBackend(run.backend);
    const splits = await loadSplits(config, { dataFolder: run.dataFolder, onProgress: run.onProgress });
    const { validation, test, grid, provenance } = splits;
    const [count] = splits.train(1).shape;
    run.useDataset({ provenance, train: count, validation: validation.shape[0], test: test.shape[0] });
    const few = firstScenes(validation, 3);
    run.probe({
      task: { kind: "other" },
      inputs: { sample: gatherScenes(few, [...few.objects.keys()]), expected: [0, 1] },
    });

    const numClasses = validation.classes.length;
    const model = buildModel(config.model, {
      grid,
      numClasses,
      seed: run.random.stream("weights").integer(0, 2 ** 31),
    });
    model.setUserDefinedMetadata({ classes: validation.classes });
    const optimizer = adamw({ learningRate: config.learningRate, weightDecay: config.weightDecay });
    const parameters = model.countParams();
    const engine = `${backend}, threads: ${threads}, kernels: ${vectorWidth} bits`;
    run.describe({ parameters, backend: engine, layers: layersOf(model) });
    run.track({ model: saveable(model), optimizer: saveableOptimizer(optimizer) });

    const onPixels = areOnPixels(splits.train(1));
    const judged = (scenes: Scenes) => judge(model, scenes, { grid, onPixels });
    await trainEpochs(run, config, { model, optimizer, splits, judged });
    // the last weights, not the best epoch's: the rate has fallen to 0 by then
    await saveModel(model, join(run.folder, "model"));
    const ends = { train: judged(firstScenes(splits.train(1), validation.shape[0])), test: judged(test) };
    await drawFigures(run, ends);
    const { mAP, mAP50, mAP75 } = ends.test.scores;
    return {
      metrics: {
        ...{
          "test/mAP": mAP,
          "test/mAP50": mAP50,
          "test/mAP75": mAP75,
          "test/mAPUnrounded": score(ends.test.unrounded, test).mAP,
        },
        "train/mAP": ends.train.scores.mAP,
      },
      baselines: { "mean boxes in all cells": meanBoxesScore(splits.train(1), test, grid) },
    };
  },
});

interface Training {
  readonly model: tf.LayersModel;
  readonly optimizer: tf.Optimizer;
  readonly splits: Splits;
  readonly judged: (scenes: Scenes) => Judged;
}

async function trainEpochs(run: Run, config: Config, { model, optimizer, splits, judged }: Training): Promise<void> {
  const { epochs, batchSize, learningRate } = config;
  const { train, validation, grid } = splits;
  const count = train(1).shape[0];
  const guard = leakGuard();
  const schedule = holdThenFall(learningRate, { steps: epochs * Math.ceil(count / batchSize), fallFraction: 0.4 });
  for (const epoch of run.epochs(epochs)) {
    const scenes = train(epoch);
    for await (const indices of run.batches(count, batchSize)) {
      setLearningRate(optimizer, run.rate(schedule));
      const images = tf.tensor4d(gatherScenes(scenes, indices), [indices.length, grid.height, grid.width, 1]);
      const targets = targetsOf(gatherTargets(scenes, indices, grid), grid);
      run.step(trainStep(model, optimizer, { images, targets, grid }, config), indices.length);
      tf.dispose([images, targets.hasObject, targets.boxes, targets.labels]);
    }
    const { mAP, mAP50, mAP75 } = judged(validation).scores;
    run.endEpoch({ "validation/mAP": mAP, "validation/mAP50": mAP50, "validation/mAP75": mAP75 });
    guard.check(`epoch ${epoch}`);
  }
}

export default experiment;
if (import.meta.main) await runExperiment(experiment);

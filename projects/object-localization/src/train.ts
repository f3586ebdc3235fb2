import { join } from "node:path";
import { areOnPixels, firstScenes, gatherScenes } from "@course/data";
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
import { defineExperiment, holdThenFall, runExperiment } from "@course/train";
import { meanBoxIou } from "../report/baseline.ts";
import { drawFigures, gallery } from "../report/figures.ts";
import { config } from "./config.ts";
import { loadSplits } from "./data.ts";
import { judge, type Scores } from "./evaluate.ts";
import { targetsOf } from "./loss.ts";
import { buildModel } from "./model.ts";
import { trainStep } from "./step.ts";

const SAMPLE = 500; // training scenes that are judged after each epoch

const experiment = defineExperiment({
  name: "object-localization",
  task: "say whether there is a digit in a picture, where, and which",
  config,
  presets: {
    smoke: { model: "lenet-a", scenes: 640, heldOut: 200, epochs: 1 },
    full: { epochs: 40 },
    "lenet-a": { model: "lenet-a", boxLoss: "mse", epochs: 6 }, // the baselines as the course trains them
    "lenet-b": { model: "lenet-b", boxLoss: "mse", epochs: 6 },
    "lenet-c": { model: "lenet-c", boxLoss: "mse", epochs: 6 },
  },
  monitor: { metric: "validation/mean", mode: "max" },
  reference: {
    metric: "test/iouUnrounded",
    value: 0.879,
    source: "a residual network of this size in PyTorch 2.15, 10 minutes on one thread",
  },
  backends: ["auto", "wasm", "native", "cpu"],
  async run(config, run) {
    const { backend, threads, vectorWidth = "no own" } = await useBackend(run.backend);
    const splits = await loadSplits(config, { dataFolder: run.dataFolder, onProgress: run.onProgress });
    const { validation, test, provenance } = splits;
    const [count, height, width, channels] = splits.train(1).shape;
    run.useDataset({ provenance, train: count, validation: validation.shape[0], test: test.shape[0] });
    const few = firstScenes(validation, 3);
    run.probe({
      task: { kind: "other" },
      inputs: { sample: gatherScenes(few, [...few.objects.keys()]), expected: [0, 1] },
    });

    const shape = { inputShape: [height, width, channels], outputs: 5 + validation.classes.length } as const;
    const model = buildModel(config.model, { ...shape, seed: run.random.stream("weights").integer(0, 2 ** 31) });
    model.setUserDefinedMetadata({ classes: validation.classes });
    const { learningRate, weightDecay, batchSize, boxLoss } = config;
    const optimizer = adamw({ learningRate, weightDecay });
    const parameters = model.countParams();
    const engine = `${backend}, threads: ${threads}, kernels: ${vectorWidth} bits`;
    run.describe({ parameters, backend: engine, layers: layersOf(model) });
    run.track({ model: saveable(model), optimizer: saveableOptimizer(optimizer) });

    const onPixels = areOnPixels(splits.train(1));
    const trainSample = firstScenes(splits.train(1), SAMPLE);
    const guard = leakGuard();
    const schedule = holdThenFall(learningRate, { steps: config.epochs * Math.ceil(count / batchSize) });
    for (const epoch of run.epochs(config.epochs)) {
      const scenes = splits.train(epoch);
      for await (const indices of run.batches(count, batchSize)) {
        setLearningRate(optimizer, run.rate(schedule));
        const images = tf.tensor4d(gatherScenes(scenes, indices), [indices.length, height, width, channels]);
        const targets = targetsOf(scenes, indices);
        run.step(trainStep(model, optimizer, { images, targets, boxLoss, size: [height, width] }), indices.length);
        tf.dispose([images, ...Object.values(targets)]);
      }
      const held = judge(model, validation, onPixels);
      const title = `Validation scenes after epoch ${epoch}`;
      await run.sample("validation-scenes", await gallery(title, held));
      run.endEpoch({
        "train/iou": judge(model, trainSample, onPixels).scores.iou,
        ...named("validation", held.scores),
      });
      guard.check(`epoch ${epoch}`);
    }
    // the last weights, not the best epoch's: the rate has fallen to 0 by then
    await saveModel(model, join(run.folder, "model"));
    const [seen, held, tested] = [trainSample, validation, test].map((scenes) => judge(model, scenes, onPixels));
    await drawFigures(run, { train: seen, validation: held, test: tested });
    const baselines = { "mean box of the training scenes": meanBoxIou(splits.train(1), test) };
    const ious = { "test/iou": tested.scores.iou, "test/iouUnrounded": tested.iouUnrounded }; // first: what the overview quotes
    return { metrics: { ...ious, ...named("test", tested.scores) }, baselines };
  },
});

/** What is logged of the scores. */
function named(split: string, { ious, ...scores }: Scores): Record<string, number> {
  return Object.fromEntries(Object.entries(scores).map(([name, value]) => [`${split}/${name}`, value]));
}

export default experiment;
if (import.meta.main) await runExperiment(experiment);

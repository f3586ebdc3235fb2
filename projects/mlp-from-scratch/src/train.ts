import { defineExperiment, runExperiment, saveableArrays, summarizeModel } from "@course/train";
import { z } from "zod";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { baselines } from "../report/baselines.ts";
import { drawFigures } from "../report/figures.ts";
import { probeOf } from "../report/probe.ts";
import { loadSplits, toBatch } from "./data.ts";
import { evaluate } from "./evaluate.ts";
import { softmaxCrossEntropy } from "./losses.ts";
import { Mlp } from "./mlp.ts";
import { cosine, Sgd } from "./sgd.ts";
import type { Tensor } from "./tensor.ts";

const config = z.strictObject({
  dataset: z.enum(["fashion-mnist", "cifar-2"]).default("fashion-mnist").describe("cifar-2: airplanes and automobiles"),
  hidden: z.array(z.int().positive()).default([256, 128]).describe("units of each hidden layer; more overfit sooner"),
  activation: z.enum(["relu", "tanh", "sigmoid"]).default("relu").describe("relu does not saturate: it learns fastest"),
  epochs: z.int().positive().default(8).describe("what fits into a minute"),
  batchSize: z.int().positive().default(64).describe("small enough for helpful noise, large enough for speed"),
  learningRate: z.number().positive().default(0.03).describe("best of 0.02, 0.03, 0.05, 0.1 in validation; falls to 0"),
  momentum: z.number().min(0).lt(1).default(0.9).describe("averages over about 1 / (1 − 0.9) = 10 steps"),
  l2: z.number().min(0).default(5e-4).describe("weight decay, as the reference; the study shows its effect"),
  l1: z.number().min(0).default(0).describe("makes weights exactly 0; the study compares it with L2"),
  limit: z.int().min(0).default(0).describe("keeps so many training and test images; 0 keeps all"),
});
export type Config = z.output<typeof config>;

const experiment = defineExperiment({
  name: "mlp-from-scratch",
  task: "tell ten kinds of clothes apart, with a neural network made of typed arrays",
  config,
  presets: { smoke: { epochs: 5, limit: 600 }, full: { epochs: 60 } },
  monitor: { metric: "validation/accuracy", mode: "max" },
  reference: {
    metric: "test/accuracy",
    value: 0.902,
    source: "PyTorch 2.15, same network, learning rate 0.05, one thread",
  },
  async run(config, run) {
    const { dataFolder, onProgress } = run;
    const options = { dataFolder, onProgress, limit: config.limit || undefined };
    const splits = await loadSplits(config.dataset, run.random.stream("split"), options);
    const { train, validation, test, provenance } = splits;
    const [count, height, width, channels] = train.shape;
    run.useDataset({ provenance, train: count, validation: validation.shape[0], test: test.shape[0] });

    const arithmetic = await loadFloat32();
    const sizes = [height * width * channels, ...config.hidden, train.classes.length];
    const model = new Mlp(sizes, { ...config, random: run.random.stream("weights"), arithmetic });
    const optimizer = new Sgd(model.parameters, config);
    const weights = model.parameters.map(({ value }) => value);
    const { rows: layers, parameters } = summarizeModel(
      sizes.slice(0, 1),
      sizes.slice(1).map((units) => ({ kind: "dense", units })),
    );
    run.describe({ parameters, backend: arithmetic.name, layers });
    run.track({ model: saveableArrays(weights), optimizer: saveableArrays(optimizer.velocities) });
    run.probe(probeOf(model, splits));

    const steps = config.epochs * Math.ceil(count / config.batchSize);
    for (const _ of run.epochs(config.epochs)) {
      for await (const indices of run.batches(count, config.batchSize)) {
        const learningRate = run.rate((step) => cosine(config.learningRate, step, steps));
        run.step({ loss: trainStep(model, optimizer, { ...toBatch(train, indices), learningRate }) }, indices.length);
      }
      const { loss, accuracy } = evaluate(model, validation);
      run.endEpoch({ "validation/loss": loss, "validation/accuracy": accuracy });
    }
    run.restoreBest();
    const result = evaluate(model, test);
    const figures = await drawFigures(model, test, result);
    for (const [name, svg] of Object.entries(figures)) run.figure(name, svg);
    const metrics = { "test/accuracy": result.accuracy, "test/loss": result.loss };
    return { metrics, baselines: baselines(train, test) };
  },
});

interface Step {
  readonly x: Tensor; // [batch, inputs]
  readonly labels: Uint8Array; // [batch]
  readonly learningRate: number;
}

/** One update of the model from one batch; returns the loss before it. */
export function trainStep(model: Mlp, optimizer: Sgd, { x, labels, learningRate }: Step): number {
  // #solution 7.1 zero the gradients, go forward, compute the loss, go backward, update
  optimizer.zeroGradients();
  const { loss, gradient } = softmaxCrossEntropy(model.forward(x), labels);
  model.backward(gradient);
  optimizer.step(learningRate);
  return loss;
  // #end
}

export default experiment;
if (import.meta.main) await runExperiment(experiment);

// What the run toolkit costs beside a training step of mnist-cnn: `node bench/run-overhead.ts [epochs] [batches]`, in a
// terminal, so that the progress bar is drawn. Plain steps and steps of a run take turns on the same batches. The clock
// is this thread's processor time, which other programs do not lengthen; so the network computes in this thread alone.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "@course/core";
import {
  saveable,
  saveableOptimizer,
  seededDropout,
  seededInitializers,
  setLearningRate,
  tf,
  useBackend,
} from "@course/tf";
import { createDisplay } from "../src/display.ts";
import { cosine, packCheckpoint, Run, writeCheckpoint } from "../src/index.ts";

const [BATCH, BATCHES_PER_EPOCH] = [64, 118]; // 7,500 digits in batches of 64
const SHARE_ALLOWED = 0.02;
const WARM_UP = 20; // steps in which the compiler is still at work
const CHECKPOINT = 10; // ms: a step's toolkit takes longer only where the checkpoint of the minute is written
const [epochs = 3, batchesRun = BATCHES_PER_EPOCH] = process.argv.slice(2).map(Number);

const { backend, threads } = await useBackend("wasm", { threads: 1 });
const model = buildCnn();
const optimizer = tf.train.adam(1e-3);
const random = createRandom(1);
const images = Float32Array.from({ length: BATCH * 784 }, () => random.uniform());
const labels = Int32Array.from({ length: BATCH }, () => random.integer(0, 10));
const folder = mkdtempSync(join(tmpdir(), "overhead-"));
const run = new Run({
  ...{ folder, seed: 1, dataFolder: undefined, backend: "auto", resume: false },
  monitor: { metric: "validation/loss", mode: "min" },
  display: createDisplay("progress"),
  interrupts: { requested: false, stop: () => {} },
});
run.track({ model: saveable(model), optimizer: saveableOptimizer(optimizer) });
run.probe({
  task: { kind: "classification", numClasses: 10 },
  inputs: { sample: images, expected: [0, 1] },
  trainingOnly: ["dropout"],
});

const schedule = cosine(1e-3, { steps: epochs * batchesRun });
const resting = new Int32Array(new SharedArrayBuffer(4));
const plain: number[] = []; // ms of each
const own: number[] = []; // ms of the toolkit beside a step of the run
const ends: number[] = [];
trainStep(); // kernels are compiled, slots are made
for (const epoch of run.epochs(epochs)) {
  const batches = run.batches(BATCH * batchesRun, BATCH);
  for (let i = 0; ; i++) {
    if (i % 2 === 1) plain.push(timed(plainStep)); // before the other one or after it: neither finds the caches warmer
    const began = clock();
    const { value, done } = await batches.next();
    if (done) break;
    const rate = run.rate(schedule);
    let loss = 0;
    const training = timed(() => {
      setLearningRate(optimizer, rate);
      loss = trainStep();
    });
    run.step({ loss }, value.length);
    own.push(clock() - began - training);
    if (i % 2 === 0) plain.push(timed(plainStep));
  }
  ends.push(timed(() => run.endEpoch({ "validation/loss": 1 / epoch, "validation/accuracy": 0.5 })));
}
report();
rmSync(folder, { recursive: true });

function plainStep(): void {
  setLearningRate(optimizer, schedule(run.steps));
  trainStep();
}

function trainStep(): number {
  return tf.tidy(() => {
    const loss = () => {
      const oneHot = tf.oneHot(tf.tensor1d(labels, "int32"), 10);
      const logits = model.apply(tf.tensor4d(images, [BATCH, 28, 28, 1]), { training: true }) as tf.Tensor2D;
      return tf.losses.softmaxCrossEntropy(oneHot, logits) as tf.Scalar;
    };
    return optimizer.minimize(loss, true)!.dataSync()[0]!;
  });
}

/** The network of the mnist-cnn project with its default settings: 1,111,946 parameters. */
function buildCnn(): tf.Sequential {
  const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
  const { heNormal } = seededInitializers(1);
  const convolution = { kernelSize: 5, activation: "relu" } as const;
  return tf.sequential({
    layers: [
      conv2d({ ...convolution, inputShape: [28, 28, 1], filters: 32, kernelInitializer: heNormal() }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ ...convolution, filters: 64, kernelInitializer: heNormal() }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 1024, activation: "relu", kernelInitializer: heNormal() }),
      seededDropout({ rate: 0.5, seed: 1 }),
      dense({ units: 10, kernelInitializer: heNormal() }),
    ],
  });
}

/** Processor time of this thread in ms. The kernel books it when the thread rests, so it rests a moment. */
function clock(): number {
  Atomics.wait(resting, 0, 0, 0.01);
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function timed(body: () => void): number {
  const began = clock();
  body();
  return clock() - began;
}

function report(): void {
  const reading = mean(Array.from({ length: 200 }, () => timed(() => {}))); // what a look at the clock costs
  const usual = own.slice(WARM_UP).filter((time) => time < CHECKPOINT);
  const step = mean(plain.slice(WARM_UP));
  const inStep = mean(usual) - 2 * reading; // two looks around the training step are in its measure
  const parts = { model: saveable(model).state(), optimizer: saveableOptimizer(optimizer).state() };
  const write = () => {
    const packed = packCheckpoint({ position: {}, parts });
    for (const name of ["again", "and-again"]) writeCheckpoint(join(folder, "checkpoints", name), packed);
  };
  const checkpoints = mean([timed(write), timed(write), timed(write)]);
  const atEnd = mean(ends) - checkpoints;
  const percent = (time: number, ofSteps = 1) => `${((100 * time) / (ofSteps * step)).toFixed(2)} %`;
  const share = inStep / step + atEnd / (BATCHES_PER_EPOCH * step);
  process.stdout.write(
    `${backend}, ${threads} thread, ${usual.length} pairs of steps: a plain step takes ${step.toFixed(1)} ms
in a step (doctor, log, events, bar)          ${(1000 * inStep).toFixed(0)} µs: ${percent(inStep)}
at the epoch's end (doctor, log, histograms)  ${atEnd.toFixed(0)} ms: ${percent(atEnd, BATCHES_PER_EPOCH)} of ${BATCHES_PER_EPOCH} steps
together                                      ${(100 * share).toFixed(2)} %, allowed ${100 * SHARE_ALLOWED} %
besides, two checkpoints an epoch             ${checkpoints.toFixed(0)} ms: ${percent(checkpoints, BATCHES_PER_EPOCH)}
`,
  );
  if (share > SHARE_ALLOWED) process.exitCode = 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

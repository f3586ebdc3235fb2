// A contender of `pnpm bench`: says what it is, then answers each line on stdin with the milliseconds
// of one epoch of 784-256-128-10 at batch 64 over BENCH_EXAMPLES images of noise.
import { createInterface } from "node:readline";
import { createRandom } from "@course/core";
import { batches, type ImageSet } from "@course/data";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { toBatch } from "../src/data.ts";
import { Mlp } from "../src/mlp.ts";
import { Sgd } from "../src/sgd.ts";
import { trainStep } from "../src/train.ts";

const print = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);

const random = createRandom(1);
const count = Number(process.env.BENCH_EXAMPLES ?? 60_000);
const images: ImageSet = {
  images: Uint8Array.from({ length: count * 784 }, () => random.integer(0, 256)),
  shape: [count, 28, 28, 1],
  labels: Uint8Array.from({ length: count }, () => random.integer(0, 10)),
  classes: Array.from({ length: 10 }, (_, label) => String(label)),
};
const arithmetic = await loadFloat32();
const model = new Mlp([784, 256, 128, 10], { activation: "relu", random, arithmetic });
const optimizer = new Sgd(model.parameters, { momentum: 0.9, l2: 5e-4, l1: 0 });

print({ ready: `mlp-from-scratch, ${arithmetic.name}` });
for await (const _ of createInterface({ input: process.stdin })) {
  const began = performance.now();
  for (const indices of batches(count, 64, random)) {
    trainStep(model, optimizer, { ...toBatch(images, indices), learningRate: 0.05 });
  }
  print({ milliseconds: performance.now() - began });
}

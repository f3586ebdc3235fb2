import { adam, tf, useBackend } from "@course/tf";
import { answerRounds } from "./answer-rounds.ts";
import { stepNetwork } from "./step-networks.ts";
import type { StepNetworkName } from "./step-sizes.ts";
import { trainingStep } from "./training-step.ts";

// Training steps of BENCH_MODEL with BENCH_THREADS threads on our kernels, BENCH_REPEATS a round; with
// BENCH_ENGINE=stock on TensorFlow.js's WASM backend as it is published, which has one thread in Node.
const { BENCH_MODEL, BENCH_THREADS, BENCH_REPEATS, BENCH_ENGINE } = process.env;
const isStock = BENCH_ENGINE === "stock";
const description = isStock ? await startStock() : await startOurs(Number(BENCH_THREADS));
const network = stepNetwork(BENCH_MODEL as StepNetworkName, isStock ? "one-hot product" : "lookup");
const optimizer = isStock ? tf.train.adam(1e-3, 0.9, 0.999, 1e-7) : adam();
await answerRounds(description, trainingStep(network, optimizer), Number(BENCH_REPEATS));

async function startOurs(threads: number): Promise<string> {
  const report = await useBackend("wasm", { threads });
  const parts = [`${report.vectorWidth}-bit vectors`, threadsOf(report.threads), report.note];
  return parts.filter(Boolean).join(", ");
}

async function startStock(): Promise<string> {
  const { version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("wasm");
  return `${version_wasm}, 1 thread`;
}

function threadsOf(count: number): string {
  return count === 1 ? "1 thread" : `${count} threads`;
}

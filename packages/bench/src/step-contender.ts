import { adam, tf } from "@course/tf";
import { answerRounds } from "./answer-rounds.ts";
import { registerPlainKernels } from "./plain-kernels.ts";
import { heapBytes, startEngine } from "./start-engine.ts";
import { stepNetwork } from "./step-networks.ts";
import type { StepNetworkName } from "./step-sizes.ts";
import { trainingStep } from "./training-step.ts";

// Training steps of BENCH_MODEL, BENCH_REPEATS a round, on what BENCH_ENGINE and BENCH_THREADS say.
const description = await startEngine();
const { BENCH_ENGINE = "ours", BENCH_MODEL } = process.env;
if (BENCH_ENGINE === "stock") registerPlainKernels(); // it could not train a convolution or an embedding
const optimizer = BENCH_ENGINE === "ours" ? adam() : tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
const step = trainingStep(stepNetwork(BENCH_MODEL as StepNetworkName), optimizer);
await answerRounds(description, () => step, { repeats: Number(process.env.BENCH_REPEATS), heapBytes });

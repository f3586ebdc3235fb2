import { type Benchmark, ours, peer } from "./benchmark.ts";
import { BATCH, type StepNetworkName } from "./step-sizes.ts";

/** What a laptop without AVX-512 gets from PyTorch. */
const HELD_TO_AVX2 = {
  ATEN_CPU_CAPABILITY: "avx2",
  ONEDNN_MAX_CPU_ISA: "AVX2",
  MKL_ENABLE_INSTRUCTIONS: "AVX2",
};

/** Steps in a round; of stock TensorFlow.js, which is slow, fewer, and none where it lacks a kernel to train it on WASM. */
const STEPS: readonly { network: StepNetworkName; about: string; repeats: number; stockRepeats: number }[] = [
  { network: "cnn", about: "conv 5×5×32, pool, conv 5×5×64, pool, 1024, 10 on 28×28×1", repeats: 2, stockRepeats: 0 },
  { network: "mlp", about: "784-128-64-10", repeats: 50, stockRepeats: 10 },
  { network: "lstm", about: "embedding 64, LSTM 128, 64 logits, sequences of 64", repeats: 2, stockRepeats: 1 },
  {
    network: "gru",
    about: "embedding 64, GRU 128, 64 logits, sequences of 64 (PyTorch's GRU resets after the product)",
    repeats: 2,
    stockRepeats: 1,
  },
];

export const STEP_BENCHMARKS = STEPS.map(
  ({ network, about, repeats, stockRepeats }): Benchmark => ({
    name: `step-${network}`,
    about: `one training step with Adam, batch ${BATCH}: ${about}`,
    examples: BATCH,
    isThreaded: true,
    contenders({ python, threads }) {
      const environment = {
        BENCH_MODEL: network,
        BENCH_REPEATS: String(repeats),
        BENCH_THREADS: String(threads),
      };
      const torch = { needs: "torch", script: "step.py" };
      const stock = { ...environment, BENCH_ENGINE: "stock", BENCH_REPEATS: String(stockRepeats) };
      const held = process.arch === "x64" ? { ...environment, ...HELD_TO_AVX2 } : undefined;
      return [
        ours("@course/tf", "step-contender.ts", environment),
        ...peer(python, { name: "PyTorch", ...torch }, environment),
        ...(held ? peer(python, { name: "PyTorch held to AVX2", ...torch }, held) : []),
        // In Node it has one thread only.
        ...(stockRepeats > 0 && threads === 1 ? [ours("stock TensorFlow.js WASM", "step-contender.ts", stock)] : []),
      ];
    },
  }),
);

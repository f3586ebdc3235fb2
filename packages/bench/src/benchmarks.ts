import { type Benchmark, ours, peer } from "./benchmark.ts";
import { GEMM_BENCHMARKS } from "./gemm-benchmarks.ts";
import { KERNEL_BENCHMARK } from "./kernel-benchmark.ts";
import { STEP_BENCHMARKS } from "./step-benchmarks.ts";

const EXAMPLES = 60_000;

export const BENCHMARKS: readonly Benchmark[] = [
  ...STEP_BENCHMARKS,
  {
    name: "mlp-epoch",
    about: "one epoch of 784-256-128-10 on 60,000 images, batch 64, SGD with momentum and L2, 1 thread",
    examples: EXAMPLES,
    mostRounds: 7,
    contenders(machine) {
      const environment = { BENCH_EXAMPLES: String(EXAMPLES) };
      return [
        ours("mlp-from-scratch", "../../../projects/mlp-from-scratch/bench/epoch.ts", environment),
        ...peer(machine, { name: "NumPy", needs: "numpy", script: "mlp_epoch.py" }, environment),
      ];
    },
  },
  ...GEMM_BENCHMARKS,
  KERNEL_BENCHMARK,
];

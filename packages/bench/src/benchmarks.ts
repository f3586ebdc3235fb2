import { type Benchmark, ours, peer } from "./benchmark.ts";
import { STEP_BENCHMARKS } from "./step-benchmarks.ts";

const EXAMPLES = 60_000;

/** m, n, k and how many products make a round of some milliseconds. */
const GEMM_SHAPES = [
  [512, 512, 512, 20],
  [64, 256, 784, 100],
  [784, 256, 64, 100],
  [64, 10, 128, 2000],
] as const;

export const BENCHMARKS: readonly Benchmark[] = [
  {
    name: "mlp-epoch",
    about: "one epoch of 784-256-128-10 on 60,000 images, batch 64, SGD with momentum and L2, 1 thread",
    examples: EXAMPLES,
    contenders({ python }) {
      const environment = { BENCH_EXAMPLES: String(EXAMPLES) };
      return [
        ours("mlp-from-scratch", "../../../projects/mlp-from-scratch/bench/epoch.ts", environment),
        ...peer(python, { name: "NumPy", needs: "numpy", script: "mlp_epoch.py" }, environment),
      ];
    },
  },
  ...STEP_BENCHMARKS,
  ...GEMM_SHAPES.map(([m, n, k, repeats]): Benchmark => {
    const environment = { BENCH_SHAPE: `${m},${n},${k}`, BENCH_REPEATS: String(repeats) };
    return {
      name: `gemm-${m}x${n}x${k}`,
      about: `one float32 product [${m}, ${k}] · [${k}, ${n}], 1 thread`,
      contenders: ({ python }) => [
        ours("@course/kernels", "gemm-contender.ts", environment),
        ...peer(python, { name: "NumPy", needs: "numpy", script: "gemm.py" }, environment),
      ],
    };
  }),
];

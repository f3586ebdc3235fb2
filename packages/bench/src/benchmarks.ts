import { join } from "node:path";
import type { Contender } from "./contender.ts";

export interface Benchmark {
  readonly name: string;
  readonly about: string;
  /** Ours first; the peers only where a Python with NumPy is named. */
  contenders(python: string | undefined): Contender[];
}

const ROOT = join(import.meta.dirname, "..", "..", "..");
const PEERS = join(import.meta.dirname, "..", "peers");
const EXAMPLES = "60000";

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
    contenders: (python) => [
      contender("mlp-from-scratch", process.execPath, join(ROOT, "projects/mlp-from-scratch/bench/epoch.ts"), {
        BENCH_EXAMPLES: EXAMPLES,
      }),
      ...peer(python, "mlp_epoch.py", { BENCH_EXAMPLES: EXAMPLES }),
    ],
  },
  ...GEMM_SHAPES.map(([m, n, k, repeats]): Benchmark => {
    const environment = { BENCH_SHAPE: `${m},${n},${k}`, BENCH_REPEATS: String(repeats) };
    return {
      name: `gemm-${m}x${n}x${k}`,
      about: `one float32 product [${m}, ${k}] · [${k}, ${n}], 1 thread`,
      contenders: (python) => [
        contender("@course/kernels", process.execPath, join(import.meta.dirname, "gemm-contender.ts"), environment),
        ...peer(python, "gemm.py", environment),
      ],
    };
  }),
];

function contender(name: string, command: string, script: string, environment: Record<string, string>): Contender {
  return { name, command, args: [script], environment };
}

function peer(python: string | undefined, script: string, environment: Record<string, string>): Contender[] {
  return python === undefined ? [] : [contender("NumPy", python, join(PEERS, script), environment)];
}

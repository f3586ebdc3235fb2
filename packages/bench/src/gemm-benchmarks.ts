import { type Benchmark, ours, peer } from "./benchmark.ts";

/** m, n, k and how many products make a round of some milliseconds. */
const SHAPES = [
  [512, 512, 512, 10],
  [64, 256, 784, 50],
  [784, 256, 64, 50],
  [64, 10, 128, 1000],
] as const;

const numpy = { needs: "numpy", script: "gemm.py" };

export const GEMM_BENCHMARKS = SHAPES.map(
  ([m, n, k, repeats]): Benchmark => ({
    name: `gemm-${m}x${n}x${k}`,
    about: `one float32 product [${m}, ${k}] · [${k}, ${n}]`,
    operations: 2 * m * n * k,
    isThreaded: true,
    contenders(machine) {
      const environment = {
        BENCH_SHAPE: `${m},${n},${k}`,
        BENCH_REPEATS: String(repeats),
        BENCH_THREADS: String(machine.threads),
      };
      const held = { ...environment, OPENBLAS_CORETYPE: "Haswell" }; // what a laptop without AVX-512 gets
      return [
        ours("@course/kernels", "gemm-contender.ts", environment),
        ...peer(machine, { name: "NumPy", ...numpy }, environment),
        ...(process.arch === "x64" ? peer(machine, { name: "NumPy held to AVX2", ...numpy }, held) : []),
      ];
    },
  }),
);

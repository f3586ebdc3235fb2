import { type Benchmark, otherBackends, ours, pyTorch } from "./benchmark.ts";
import { KERNEL_CASES } from "./kernel-cases.ts";

/** Single kernels; each program measures them all. A contender that lacks a kernel is not in its rows. */
export const KERNEL_BENCHMARK: Benchmark = {
  name: "kernel",
  about: "single kernels of TensorFlow.js, each beside the same operation elsewhere",
  isThreaded: true,
  parts: KERNEL_CASES,
  contenders(machine) {
    const environment = {
      BENCH_THREADS: String(machine.threads),
      BENCH_CASES: JSON.stringify(
        KERNEL_CASES.map(({ name, kernel, inputs, attributes }) => ({ name, kernel, inputs, attributes })),
      ),
    };
    return [
      ours("@course/tf", "kernel-contender.ts", environment),
      ...pyTorch(machine, "kernel.py", environment),
      ...otherBackends(machine, "kernel-contender.ts", environment),
    ];
  },
};

import { createRandom } from "@course/core";
import { loadKernels } from "@course/kernels";
import { answerRounds } from "./answer-rounds.ts";

// One product of BENCH_SHAPE "m,n,k", repeated BENCH_REPEATS times a round, on ordinary Float32Arrays.
const [m = 0, n = 0, k = 0] = process.env.BENCH_SHAPE!.split(",").map(Number);
const random = createRandom(1);
const filled = (length: number) => Float32Array.from({ length }, () => random.uniform());
const kernels = await loadKernels();
const [a, b, c] = [filled(m * k), filled(k * n), new Float32Array(m * n)];
const description = `kernels, ${kernels.vectorWidth}-bit vectors, 1 thread`;
await answerRounds(description, () => kernels.sgemm({ m, n, k, a, b, c }), Number(process.env.BENCH_REPEATS));

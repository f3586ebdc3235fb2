import { createRandom } from "@course/core";
import { loadKernels } from "@course/kernels";
import { answerRounds } from "./answer-rounds.ts";

// One product of BENCH_SHAPE "m,n,k", repeated BENCH_REPEATS times a round, on arrays of `kernels.allocate`.
const { BENCH_SHAPE, BENCH_REPEATS, BENCH_THREADS } = process.env;
const [m = 0, n = 0, k = 0] = BENCH_SHAPE!.split(",").map(Number);
const random = createRandom(1);
const kernels = await loadKernels({ threads: Number(BENCH_THREADS) });
const [a, b, c] = [m * k, k * n, m * n].map((length) => kernels.allocate(length)) as [
  Float32Array,
  Float32Array,
  Float32Array,
];
for (const array of [a, b]) for (let i = 0; i < array.length; i++) array[i] = random.uniform();
const description = `${kernels.vectorWidth}-bit vectors, ${kernels.threads === 1 ? "1 thread" : `${kernels.threads} threads`}`;
const product = () => kernels.sgemm({ m, n, k, a, b, c });
const heapBytes = () => kernels.engine.heap.memory.buffer.byteLength;
await answerRounds(description, () => product, { repeats: Number(BENCH_REPEATS), heapBytes });

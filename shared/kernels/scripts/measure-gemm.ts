/**
 * Speed of `sgemm` on one thread in GFLOP/s, both builds side by side: `pnpm run measure`. Each
 * figure is the best of many short trials, taken in turns, because other work on the machine only
 * ever slows a trial down.
 */
import { cpus } from "node:os";
import { type Kernels, loadKernels, type Sgemm, type VectorWidth } from "../src/index.ts";

const CASES: readonly (readonly [name: string, shape: Omit<Sgemm, "a" | "b" | "c">])[] = [
  ["n = 512", { m: 512, n: 512, k: 512 }],
  ["MLP forward 64×784 · 784×256", { m: 64, n: 256, k: 784 }],
  ["… gradient to the weights", { m: 784, n: 256, k: 64, transposeA: true }],
  ["… gradient to the input", { m: 64, n: 784, k: 256, transposeB: true }],
  ["MLP last layer 64×128 · 128×10", { m: 64, n: 10, k: 128 }],
];
const TRIALS = 150;
const MILLISECONDS_PER_TRIAL = 1;

/** Runs the product on operands inside the kernels' memory, or outside. */
function prepare(kernels: Kernels, shape: Omit<Sgemm, "a" | "b" | "c">, isInside: boolean): () => void {
  const { m, n, k } = shape;
  const make = (length: number) => (isInside ? kernels.allocate(length) : new Float32Array(length)).fill(0.5);
  const product = { ...shape, a: make(m * k), b: make(k * n), c: make(m * n) };
  return () => kernels.sgemm(product);
}

/** Milliseconds of one run. */
function time(run: () => void, repeats: number): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run();
  return (performance.now() - start) / repeats;
}

/** A build whose code V8 has optimised, so that the flag that the 256-bit build sets no longer changes it. */
async function loadOptimised(vectorWidth: VectorWidth): Promise<Kernels> {
  const kernels = await loadKernels({ vectorWidth });
  const runs = CASES.map(([, shape]) => prepare(kernels, shape, true));
  for (const end = performance.now() + 500; performance.now() < end; await new Promise(setImmediate))
    for (const run of runs) run();
  return kernels;
}

const narrow = await loadOptimised(128);
const builds = [await loadOptimised(256), narrow];
const variants = [true, false].flatMap((isInside) => builds.map((kernels) => ({ kernels, isInside })));

console.log(`${cpus()[0]?.model}, Node.js ${process.version}, one thread, GFLOP/s\n`);
console.log(
  `| product | ${variants.map(({ kernels, isInside }) => `${kernels.vectorWidth} bits, ${isInside ? "`allocate`" : "copied"}`).join(" | ")} |`,
);
console.log(`|---|${variants.map(() => "---|").join("")}`);
for (const [name, shape] of CASES) {
  const work = 2 * shape.m * shape.n * shape.k;
  const runs = variants.map(({ kernels, isInside }) => prepare(kernels, shape, isInside));
  const repeats = Math.max(1, Math.round((MILLISECONDS_PER_TRIAL * 6e7) / work));
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (let trial = 0; trial < TRIALS; trial++)
    runs.forEach((run, i) => {
      best[i] = Math.min(best[i], time(run, repeats));
    });
  console.log(`| ${name} | ${best.map((milliseconds) => (work / milliseconds / 1e6).toFixed(1)).join(" | ")} |`);
}

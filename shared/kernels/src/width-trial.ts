import { createEngine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { createHeap, createMemory } from "./heap.ts";
import { compile, instantiate } from "./instantiate.ts";
import { readWasm, type VectorWidth } from "./wasm-file.ts";

/** One build with a small product to compute. */
export interface Trial {
  run(): void;
  /** Computes the product: its bits. */
  product(): Uint32Array;
}

/** Sizes that meet every tile of both builds, full and at an edge, and two blocks of k. */
const [M, N, K] = [67, 75, 300];

export async function createTrial(width: VectorWidth): Promise<Trial> {
  const memory = createMemory();
  const heap = createHeap(memory);
  const engine = createEngine(instantiate(await compile(await readWasm(width), memory), memory), heap);
  const [a, b, c] = [M * K, K * N, M * N].map((length) => heap.allocate(4 * length)) as [number, number, number];
  new Float32Array(memory.buffer, a, M * K).set(numbers(M * K, 1021));
  new Float32Array(memory.buffer, b, K * N).set(numbers(K * N, 1019));
  const run = () => gemm(engine, { m: M, n: N, k: K, a, aRow: K, aColumn: 1, b, bRow: N, bColumn: 1, c, cRow: N });
  return {
    run,
    product() {
      run();
      return new Uint32Array(memory.buffer, c, M * N).slice();
    },
  };
}

/** Numbers in [−1, 1] that need all their bits, so that a sum in another order differs. */
function numbers(length: number, prime: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => (((i * 193) % prime) / prime) * 2 - 1);
}

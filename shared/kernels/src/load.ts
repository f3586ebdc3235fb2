import { UserError } from "@course/core";
import { type ArrayRows, addRows, takeRows } from "./array-rows.ts";
import { type Arrays, createArrays } from "./arrays.ts";
import { chooseWidth } from "./choose-width.ts";
import { createEngine, type Engine } from "./engine.ts";
import { createHeap, createMemory, type Heap } from "./heap.ts";
import { compile, instantiate } from "./instantiate.ts";
import { type MatmulOptions, type Matrix32, matmul } from "./matmul.ts";
import { type Sgemm, sgemm } from "./sgemm.ts";
import { readWasm, type VectorWidth } from "./wasm-file.ts";
import { WASM_HASHES } from "./wasm-hashes.ts";
import { setWideVectors, whyNoWideVectors } from "./wide-vectors.ts";

export interface LoadOptions {
  /**
   * Which build, instead of the better one on this machine: both compute the same bits. Also set by
   * the environment variable COURSE_VECTOR_WIDTH, which this option overrides.
   */
  readonly vectorWidth?: VectorWidth | undefined;
  /**
   * Threads that share the work, by default 1. They need shared memory: where there is none, or a
   * thread cannot start, there is one, and `threadsReason` says why.
   */
  readonly threads?: number | undefined;
  /** Where the operands live: another module's memory and its allocator, by default a new one. */
  readonly heap?: Heap | undefined;
}

export interface Kernels extends Pick<Arrays, "allocate" | "release"> {
  /** Bits of the vectors that the kernels were written for. */
  readonly vectorWidth: VectorWidth;
  /** Why that build, in words. */
  readonly reason: string;
  /** SHA-256 of the build. */
  readonly hash: string;
  readonly threads: number;
  /** Why there are fewer threads than asked for; undefined where there are not. */
  readonly threadsReason: string | undefined;
  /** For the kernels on addresses (API.md). */
  readonly engine: Engine;
  sgemm(options: Sgemm): void;
  takeRows(options: ArrayRows): void;
  addRows(options: ArrayRows): void;
  matmul(a: Matrix32, b: Matrix32, options?: MatmulOptions): Matrix32;
}

/**
 * Loads the kernels; choosing between the builds takes about 0.1 s.
 *
 * @throws UserError where the .wasm is missing or damaged, or this platform lacks relaxed SIMD.
 */
export async function loadKernels(options: LoadOptions = {}): Promise<Kernels> {
  assertSupported();
  const asked = options.vectorWidth ?? askedByEnvironment();
  if (asked === 256 && !whyNoWideVectors()) await setWideVectors(true);
  const { vectorWidth, reason } = asked ? { vectorWidth: asked, reason: "asked for" } : await chooseWidth();
  const heap = options.heap ?? createHeap(createMemory());
  const module = await compile(await readWasm(vectorWidth), heap.memory);
  const engine = createEngine(instantiate(module, heap.memory), heap);
  const threadsReason = await startThreads(engine, module, options.threads ?? 1);
  const arrays = createArrays(heap);
  const product = (product: Sgemm) => sgemm(engine, arrays, product);
  return {
    vectorWidth,
    reason,
    hash: WASM_HASHES[vectorWidth],
    get threads() {
      return engine.threads;
    },
    threadsReason,
    engine,
    allocate: arrays.allocate,
    release: arrays.release,
    sgemm: product,
    takeRows: (options) => takeRows(engine, arrays, options),
    addRows: (options) => addRows(engine, arrays, options),
    matmul: (a, b, options) => matmul(product, a, b, options),
  };
}

/** What stood in the way, if anything. */
async function startThreads(engine: Engine, module: WebAssembly.Module, threads: number): Promise<string | undefined> {
  if (!Number.isSafeInteger(threads) || threads < 1)
    throw new UserError(`kernels: expected a whole number of threads ≥ 1, received ${threads}`);
  try {
    await engine.addThreads(module, threads);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function askedByEnvironment(): VectorWidth | undefined {
  const value = (globalThis as { process?: NodeJS.Process }).process?.env?.COURSE_VECTOR_WIDTH;
  if (!value) return undefined;
  if (value === "128" || value === "256") return Number(value) as VectorWidth;
  throw new UserError(`COURSE_VECTOR_WIDTH: expected 128 or 256, received "${value}"`);
}

/** (module (func (result v128) three zero vectors, f32x4.relaxed_madd)) */
const RELAXED_SIMD_PROBE = Uint8Array.from(
  [
    "0061736d01000000", // magic number, version 1
    "0105016000017b", // type 0: () → v128
    "03020100", // function 0 has type 0
    "0a3d013b00", // its code: 59 bytes, no locals
    ...Array<string>(3).fill(`fd0c${"00".repeat(16)}`), // v128.const 0
    "fd85020b", // f32x4.relaxed_madd, end
  ]
    .join("")
    .match(/../g)!
    .map((pair) => Number.parseInt(pair, 16)),
);

function assertSupported(): void {
  if (WebAssembly.validate(RELAXED_SIMD_PROBE)) return;
  throw new UserError(
    "kernels: this platform has no WebAssembly relaxed SIMD: Node.js ≥ 22, Chromium ≥ 114 or Firefox ≥ 145 is needed",
  );
}

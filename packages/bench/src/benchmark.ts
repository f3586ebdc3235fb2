import { join } from "node:path";
import type { Contender } from "./contender.ts";

export interface Machine {
  /** A Python for the peers, if the user named one. */
  readonly python: string | undefined;
  /** Threads that each contender may use. */
  readonly threads: number;
  /** Whether `course native` has added TensorFlow's library. */
  readonly hasNative: boolean;
}

/** What a median's milliseconds stand for, where the report shows it per second. */
export interface Work {
  /** Training examples. */
  readonly examples?: number | undefined;
  /** Multiplications and additions. */
  readonly operations?: number | undefined;
}

/** One of several measurements that the same programs make. */
export interface Part extends Work {
  readonly name: string;
  readonly about: string;
}

export interface Benchmark extends Work {
  readonly name: string;
  readonly about: string;
  /** True where the contenders can use several threads; the others run once, with one. */
  readonly isThreaded?: boolean;
  /** Never more rounds than this: each takes seconds. */
  readonly mostRounds?: number;
  readonly parts?: readonly Part[];
  /** Ours first; the peers in Python only where one is named. */
  contenders(machine: Machine): Contender[];
}

/** A program of ours; `script` is relative to this folder. */
export function ours(name: string, script: string, environment: Record<string, string>): Contender {
  return { name, command: process.execPath, args: [join(import.meta.dirname, script)], environment };
}

interface Peer {
  readonly name: string;
  /** The Python module that it needs. */
  readonly needs: string;
  readonly script: string;
}

/** A program in `peers/`; none without a Python. */
export function peer(
  { python }: Machine,
  { name, needs, script }: Peer,
  environment: Record<string, string>,
): Contender[] {
  if (python === undefined) return [];
  const path = join(import.meta.dirname, "..", "peers", script);
  return [{ name, command: python, args: [path], environment, needs }];
}

/** What a laptop without AVX-512 gets from PyTorch. */
const HELD_TO_AVX2 = {
  ATEN_CPU_CAPABILITY: "avx2",
  ONEDNN_MAX_CPU_ISA: "AVX2",
  MKL_ENABLE_INSTRUCTIONS: "AVX2",
};

/** PyTorch with all that the processor has and, on x86-64, held to AVX2. */
export function pyTorch(machine: Machine, script: string, environment: Record<string, string>): Contender[] {
  const torch = { needs: "torch", script };
  const held = { ...environment, ...HELD_TO_AVX2 };
  return [
    ...peer(machine, { name: "PyTorch", ...torch }, environment),
    ...(process.arch === "x64" ? peer(machine, { name: "PyTorch held to AVX2", ...torch }, held) : []),
  ];
}

/** Stock TensorFlow.js is ten times slower: it takes part in every eighth round only. */
const STOCK_EVERY = 8;

/** The same program on TensorFlow.js as published (in Node it has one thread only) and on tfjs-node where it is there. */
export function otherBackends(machine: Machine, script: string, environment: Record<string, string>): Contender[] {
  const on = (name: string, engine: string) => ours(name, script, { ...environment, BENCH_ENGINE: engine });
  return [
    ...(machine.hasNative ? [on("tfjs-node", "native")] : []),
    ...(machine.threads === 1 ? [{ ...on("stock TensorFlow.js WASM", "stock"), every: STOCK_EVERY }] : []),
  ];
}

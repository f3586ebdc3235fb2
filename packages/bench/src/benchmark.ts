import { join } from "node:path";
import type { Contender } from "./contender.ts";

export interface Machine {
  /** A Python for the peers, if the user named one. */
  readonly python: string | undefined;
  /** Threads that each contender may use. */
  readonly threads: number;
}

export interface Benchmark {
  readonly name: string;
  readonly about: string;
  /** Training examples that a median's milliseconds stand for, where the report shows them per second. */
  readonly examples?: number;
  /** True where the contenders can use several threads; the others run once, with one. */
  readonly isThreaded?: boolean;
  /** Ours first; the peers in Python only where one is named. */
  contenders(machine: Machine): Contender[];
}

/** A program of ours; `script` is relative to this folder. */
export function ours(name: string, script: string, environment: Record<string, string>): Contender {
  return { name, command: process.execPath, args: [join(import.meta.dirname, script)], environment };
}

/** A program in `peers/` that needs a Python module; none without a Python. */
export function peer(
  python: string | undefined,
  { name, needs, script }: { name: string; needs: string; script: string },
  environment: Record<string, string>,
): Contender[] {
  if (python === undefined) return [];
  const path = join(import.meta.dirname, "..", "peers", script);
  return [{ name, command: python, args: [path], environment, needs }];
}

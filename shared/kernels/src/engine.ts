import type { Heap } from "./heap.ts";
import type { KernelExports } from "./instantiate.ts";
import {
  CONTROL,
  OPERATIONS,
  type OperationArguments,
  type OperationName,
  THREAD_SCRATCH_BYTES,
} from "./operations.ts";
import { createTeam, TURNS } from "./team.ts";
import { leaveWideVectors } from "./wide-vectors.ts";

export interface Range {
  /** The range is [0, total), in units of the operation. */
  readonly total: number;
  /** Units that are worth a thread's while: chunks are multiples of it. */
  readonly grain: number;
  /** Chunks for each thread, by default 4: more even out, fewer repeat less work. The second half of the range has twice as many. */
  readonly chunksPerThread?: number;
  /** Bytes of scratch memory that each thread needs, where that is more than THREAD_SCRATCH_BYTES. */
  readonly scratch?: number;
}

/** Runs operations of the WASM module on addresses in its memory. */
export interface Engine {
  readonly heap: Heap;
  /** Threads that share the work, this one included. */
  readonly threads: number;
  /** Runs an operation over a range of its output, in chunks where there are threads to share them. */
  run<Name extends OperationName>(name: Name, values: OperationArguments<Name>, range: Range): void;
  /** Address of scratch memory that all threads see; it holds until the next call of a kernel. */
  workspace(bytes: number): number;
  /**
   * Starts threads until there are `threads`, with this engine's module.
   *
   * @throws Error where the memory is not shared or threads cannot start.
   */
  addThreads(module: WebAssembly.Module, threads: number): Promise<void>;
  /** Ends the threads and frees the engine's own memory; it must not be used afterwards. */
  dispose(): Promise<void>;
}

const numbers = new Map(Object.keys(OPERATIONS).map((name, number) => [name, number]));
const floats = new Map(
  Object.entries(OPERATIONS).map(([name, parameters]) => [name, parameters.map((each) => each.endsWith(":f32"))]),
);

/** @param startTeam makes the team of threads; tests give their own. */
export function createEngine(exports: KernelExports, heap: Heap, startTeam = createTeam): Engine {
  const control = heap.allocate(CONTROL.bytes);
  const team = startTeam({ memory: heap.memory, control });
  const scratch = createBlock(heap);
  const workspace = createBlock(heap);
  let scratchBytes: number = THREAD_SCRATCH_BYTES;
  let words = new Int32Array(heap.memory.buffer, control, CONTROL.bytes / 4).fill(0);
  let reals = new Float32Array(heap.memory.buffer, control, CONTROL.bytes / 4);

  return {
    heap,
    get threads() {
      return team.size;
    },
    run(name, values, { total, grain, chunksPerThread = 4, scratch: needed = 0 }) {
      if (total <= 0) return;
      scratchBytes = Math.max(scratchBytes, Math.ceil(needed / 128) * 128);
      const scratchAddress = scratch.reserve(scratchBytes * (team.lastThread + 1));
      if (words.length === 0) {
        // An unshared memory has grown: its views are lost
        words = new Int32Array(heap.memory.buffer, control, CONTROL.bytes / 4);
        reals = new Float32Array(heap.memory.buffer, control, CONTROL.bytes / 4);
      }
      const halves = team.size > 1 && chunksPerThread > 1; // in the second half of the range: the threads end at nearly the same time
      const pieces = team.size > 1 ? team.size * chunksPerThread * (halves ? 2 : 1) : 1;
      const chunk = grain * Math.ceil(total / (grain * pieces));
      words[CONTROL.operation / 4] = numbers.get(name)!;
      words[CONTROL.total / 4] = total;
      words[CONTROL.chunk / 4] = chunk;
      words[CONTROL.doubles / 4] = halves ? Math.floor(total / chunk / 4) : 0; // chunks of twice the size, before the others
      words[CONTROL.scratch / 4] = scratchAddress;
      words[CONTROL.scratchBytes / 4] = scratchBytes;
      const isFloat = floats.get(name)!;
      for (let i = 0; i < values.length; i++) (isFloat[i] ? reals : words)[CONTROL.arguments / 4 + i] = values[i];
      if (exports.dispatch(control, TURNS) > 0) team.waitForOthers(() => exports.finish(control, TURNS));
      leaveWideVectors();
    },
    workspace: (bytes) => workspace.reserve(bytes),
    addThreads: (module, threads) => team.grow(module, threads),
    async dispose() {
      await team.quit();
      for (const block of [scratch, workspace]) block.release();
      heap.release(control);
    },
  };
}

/** A block of memory that moves where it has to grow; what it held is lost then. */
function createBlock(heap: Heap): { reserve(bytes: number): number; release(): void } {
  let [address, size] = [0, 0];
  const release = () => {
    if (size > 0) heap.release(address);
    [address, size] = [0, 0];
  };
  return {
    release,
    reserve(bytes) {
      if (bytes > size) {
        release(); // nothing is held if the next line fails
        [address, size] = [heap.allocate(bytes), bytes];
      }
      return address;
    },
  };
}

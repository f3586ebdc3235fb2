import { isShared } from "./heap.ts";
import { CONTROL } from "./operations.ts";
import { type KernelWorker, startWorker, type WorkerTask } from "./workers.ts";

/** Turns that a thread spins before it sleeps: 0.1 ms or so; longer spins only harm others. */
export const TURNS = 20_000;
const NAP_MILLISECONDS = 50;

/** The threads that share an engine's work: this one and its workers. */
export interface Team {
  /** Threads, this one included. A worker that ended no longer counts. */
  readonly size: number;
  /** The highest number that a thread has or had; this one is 0. */
  readonly lastThread: number;
  grow(module: WebAssembly.Module, threads: number): Promise<void>;
  /** Waits until `finish`, which spins for a while, returns 0. @throws Error if a worker ended with work in hand. */
  waitForOthers(finish: () => number): void;
  /** Ends the workers. */
  quit(): Promise<void>;
}

export interface TeamOptions {
  readonly memory: WebAssembly.Memory;
  readonly control: number;
  readonly start?: (task: WorkerTask) => Promise<KernelWorker>;
  /** A chunk takes milliseconds: one that is not completed after this long never will be. */
  readonly stalledMilliseconds?: number;
}

export function createTeam({ memory, control, start = startWorker, stalledMilliseconds = 30_000 }: TeamOptions): Team {
  let workers: KernelWorker[] = [];
  let lastThread = 0;
  const words = () => new Int32Array(memory.buffer, control, CONTROL.bytes / 4);
  return {
    get size() {
      if (workers.some(({ isAlive }) => !isAlive)) workers = workers.filter(({ isAlive }) => isAlive);
      return workers.length + 1;
    },
    get lastThread() {
      return lastThread;
    },
    async grow(module, threads) {
      if (!isShared(memory) && threads > 1) throw new Error("threads need a shared memory, and this one is not");
      const tasks = Array.from({ length: threads - this.size }, () => {
        lastThread++;
        return { module, memory, control, thread: lastThread, turns: TURNS };
      });
      const started = await Promise.allSettled(tasks.map(start));
      for (const each of started) if (each.status === "fulfilled") workers.push(each.value);
      for (const each of started) if (each.status === "rejected") throw each.reason;
    },
    waitForOthers(finish) {
      const begin = performance.now();
      const state = words();
      for (let left = finish(); left > 0; left = finish()) {
        if (performance.now() - begin > stalledMilliseconds)
          throw new Error("kernels: a thread ended in the middle of its work: the results of this call are lost");
        nap(state, state[CONTROL.chunks / 4] - left);
      }
    },
    async quit() {
      if (workers.length === 0) return;
      const signals = words();
      signals[CONTROL.quit / 4] = 1;
      Atomics.add(signals, CONTROL.signal / 4, 1);
      Atomics.notify(signals, CONTROL.signal / 4);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/**
 * Leaves the processor to the others until more chunks are completed than before; a browser's main
 * thread may not wait and spins on.
 */
function nap(state: Int32Array, completed: number): void {
  const isNode = (globalThis as { process?: NodeJS.Process }).process?.versions?.node !== undefined;
  if (isNode) Atomics.wait(state, CONTROL.completed / 4, completed, NAP_MILLISECONDS);
}

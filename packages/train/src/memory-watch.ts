import type { Saveable } from "./saveable.ts";

const NEARLY_FULL = 0.9; // of the limit: the rest is room for some more batches, and for saving

/** Says once when the memory of the tracked parts nearly reaches its limit: the WASM heap of TensorFlow.js never shrinks. */
export class MemoryWatch {
  #warned = false;
  readonly #warn: (line: string) => void;

  constructor(warn: (line: string) => void) {
    this.#warn = warn;
  }

  /** Whether it has just become nearly full: the moment to save. */
  isNearlyFull(parts: Readonly<Record<string, Saveable>>): boolean {
    if (this.#warned) return false;
    const use = Object.values(parts)
      .find((part) => part.memory)
      ?.memory?.();
    if (!use || use.bytes < NEARLY_FULL * use.limit) return false;
    this.#warned = true;
    const [taken, limit] = [use.bytes, use.limit].map((bytes) => Math.round(bytes / 2 ** 20).toLocaleString("en"));
    this.#warn(
      `memory: ${taken} of ${limit} MB are taken, and are not given back: the run is saved; if it ends for lack of memory, resume it, or take a smaller batch`,
    );
    return true;
  }
}

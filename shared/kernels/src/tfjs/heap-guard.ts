import { UserError } from "@course/core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { moduleOf } from "./tfjs-heap.ts";

const MEBIBYTE = 2 ** 20;
const LARGEST = 2 ** 32; // bytes that a 32-bit pointer reaches
/** What must stay free for TensorFlow.js's own code, which does not check whether it got memory. */
const RESERVE = 64 * MEBIBYTE;

/**
 * Makes the backend refuse a tensor for which there is no room. TensorFlow.js would go on with
 * address 0, overwrite the heap's own records and be unusable from then on; now the tensors that
 * exist stay whole, and the step that failed can be given up.
 */
export function guardHeap(backend: BackendWasm): void {
  const module = moduleOf(backend);
  const { malloc, free, memory } = module.asm; // module._malloc would replace itself by malloc
  const hasReserve = () => {
    if (memory.buffer.byteLength < LARGEST - RESERVE) return true;
    const probe = malloc(RESERVE);
    if (probe !== 0) free(probe);
    return probe !== 0;
  };
  module._malloc = (bytes) => {
    const address = bytes < LARGEST ? malloc(bytes) >>> 0 : 0;
    if (address !== 0 && hasReserve()) return address;
    if (address !== 0) free(address);
    throw new UserError(
      `wasm backend: out of memory: no room for ${toMebibytes(bytes)} MB more, the heap has ` +
        `${toMebibytes(memory.buffer.byteLength)} of ${LARGEST / MEBIBYTE} MB and never shrinks: use a smaller batch, or dispose what is no longer needed`,
    );
  };
}

/** Bytes that the backend's heap has taken, which it never gives back, and the most that it can have. */
export function heapUse(backend: BackendWasm): { readonly bytes: number; readonly limit: number } {
  return { bytes: moduleOf(backend).asm.memory.buffer.byteLength, limit: LARGEST };
}

function toMebibytes(bytes: number): number {
  return Math.ceil(bytes / MEBIBYTE);
}

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Heap } from "../heap.ts";

const ALIGNMENT = 128;

/** The Emscripten module inside TensorFlow.js's WASM backend: the parts that its types leave out. */
interface EmscriptenModule {
  readonly asm: {
    readonly memory: WebAssembly.Memory;
    malloc(bytes: number): number;
    free(address: number): void;
  };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

export const moduleOf = (backend: BackendWasm) => backend.wasm as unknown as EmscriptenModule;

/** The memory in which TensorFlow.js's WASM backend keeps its tensors. */
export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  return moduleOf(backend).asm.memory;
}

export function isShared(memory: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer === "function" && memory.buffer instanceof SharedArrayBuffer;
}

/** Allocates beside TensorFlow.js's tensors with its own allocator, whose alignment is only 8. */
export function createTfjsHeap(backend: BackendWasm): Heap {
  const module = moduleOf(backend);
  const unaligned = new Map<number, number>();
  return {
    memory: memoryOf(backend),
    allocate(bytes) {
      const start = module._malloc(bytes + ALIGNMENT) >>> 0;
      if (start === 0) throw new RangeError(`kernels: memory is full: no room for ${bytes} bytes (smaller batch?)`);
      const address = Math.ceil(start / ALIGNMENT) * ALIGNMENT;
      unaligned.set(address, start);
      return address;
    },
    release(address) {
      const start = unaligned.get(address);
      if (start === undefined) throw new RangeError(`kernels: address ${address} is not allocated (released twice?)`);
      unaligned.delete(address);
      module._free(start);
    },
  };
}

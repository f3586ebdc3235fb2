import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

const CANARY_BYTES = 64;
const CANARY = 0xab;

export interface HeapWatch {
  /** Throws if a byte beside a buffer has changed. */
  check(): void;
}

interface EmscriptenModule {
  readonly HEAPU8: Uint8Array;
  readonly asm: { malloc(bytes: number): number; free(address: number): void };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** Puts canaries before and behind every buffer that TensorFlow.js's WASM backend allocates from now on. */
export function watchHeap(backend: BackendWasm): HeapWatch {
  const module = backend.wasm as unknown as EmscriptenModule;
  const { malloc, free } = module.asm; // module._malloc replaces itself by this at its first call
  const sizes = new Map<number, number>();
  module._malloc = (bytes) => {
    const address = (malloc(bytes + 2 * CANARY_BYTES) >>> 0) + CANARY_BYTES;
    sizes.set(address, bytes);
    module.HEAPU8.fill(CANARY, address - CANARY_BYTES, address);
    module.HEAPU8.fill(CANARY, address + bytes, address + bytes + CANARY_BYTES);
    return address;
  };
  module._free = (address) => {
    const watched = sizes.get(address);
    if (watched === undefined) return free(address); // allocated before
    checkBlock(module, address, watched);
    sizes.delete(address);
    free(address - CANARY_BYTES);
  };
  return {
    check: () => {
      for (const [address, bytes] of sizes) checkBlock(module, address, bytes);
    },
  };
}

function checkBlock({ HEAPU8 }: EmscriptenModule, address: number, bytes: number): void {
  for (let i = 1; i <= CANARY_BYTES; i++) {
    if (HEAPU8[address - i] !== CANARY) throw new Error(`byte ${-i} before a buffer of ${bytes} bytes was overwritten`);
    if (HEAPU8[address + bytes + i - 1] !== CANARY)
      throw new Error(`byte ${i - 1} behind a buffer of ${bytes} bytes was overwritten`);
  }
}

import { isShared } from "./heap.ts";

/** What the WASM module exports. */
export interface KernelExports {
  /** Runs the operation that the control block describes; returns the chunks that others still work on. */
  dispatch(control: number, turns: number): number;
  /** Waits for them so many turns; returns those that are left. */
  finish(control: number, turns: number): number;
}

const IMPORT_SECTION = 2;
const SHARED_FLAG = 2;

/** Compiles the kernels for a memory that is shared between threads, or not. @throws CompileError */
export function compile(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): Promise<WebAssembly.Module> {
  return WebAssembly.compile(isShared(memory) ? bytes : importingUnsharedMemory(bytes));
}

/** The module on `memory`: its only import. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
}

/**
 * The same module with one bit cleared: "shared" in the limits of the memory it imports. The
 * import section comes second, after the types, and holds nothing but that memory.
 */
function importingUnsharedMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let at = 8; // magic number and version
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (bytes[at] !== IMPORT_SECTION) {
    at++;
    const size = next();
    at += size;
  }
  at++;
  next(); // size of the section
  next(); // number of imports: one
  for (const _name of ["env", "memory"]) {
    const length = next();
    at += length;
  }
  at++; // kind: memory
  const result = bytes.slice();
  result[at] &= ~SHARED_FLAG;
  return result;
}

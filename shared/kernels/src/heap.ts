const PAGE_BYTES = 65536;
const MAXIMUM_PAGES = 65536; // 4 GiB, all that a 32-bit pointer reaches
const FIXED_PAGES = 4096; // 256 MiB, where views would not survive growth
const ALIGNMENT = 128; // two cache lines: threads that write side by side do not disturb each other

/** Memory by address. Who allocates must release. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  /** Address of `bytes` bytes, aligned to 128; what they hold is undefined. @throws RangeError if full. */
  allocate(bytes: number): number;
  release(address: number): void;
}

/**
 * A memory of our own. It is shared where the platform allows, because a shared memory grows without
 * detaching the views on it. Else it has a fixed 256 MiB, of which the system provides only what is
 * touched.
 */
export function createMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: 64, maximum: MAXIMUM_PAGES, shared: true });
  } catch {
    return new WebAssembly.Memory({ initial: FIXED_PAGES, maximum: FIXED_PAGES });
  }
}

/** Whether threads can see this memory. By its tag: some pages have such buffers, but not their class. */
export function isShared(memory: WebAssembly.Memory): boolean {
  return Object.prototype.toString.call(memory.buffer) === "[object SharedArrayBuffer]";
}

/** Allocates in a memory that nothing else uses: freed blocks serve later requests of equal size. */
export function createHeap(memory: WebAssembly.Memory): Heap {
  const sizes = new Map<number, number>(); // address → size of a block in use
  const free = new Map<number, number[]>(); // size → addresses
  let top = ALIGNMENT; // no block at 0, which reads as "no address"
  return {
    memory,
    allocate(bytes) {
      const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
      let address = free.get(size)?.pop();
      if (address === undefined) {
        growTo(memory, top + size);
        address = top;
        top += size;
      }
      sizes.set(address, size);
      return address;
    },
    release(address) {
      const size = sizes.get(address);
      if (size === undefined) throw new RangeError(`kernels: address ${address} is not allocated (released twice?)`);
      sizes.delete(address);
      const blocks = free.get(size);
      if (blocks) blocks.push(address);
      else free.set(size, [address]);
    },
  };
}

function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  const wanted = Math.max(missing, memory.buffer.byteLength / 4); // by a quarter at least: few growths
  for (const pages of [wanted, missing].map((size) => Math.ceil(size / PAGE_BYTES))) {
    try {
      memory.grow(pages);
      return;
    } catch {} // the second try asks only for what is needed
  }
  throw new RangeError(
    `kernels: memory is full: expected room for ${bytes} bytes, received ${memory.buffer.byteLength} at most (smaller batch?)`,
  );
}

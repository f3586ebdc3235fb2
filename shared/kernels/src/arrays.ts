import type { Heap } from "./heap.ts";

/** Float32Arrays for kernels that work on addresses: those in the kernels' memory as they are, others copied. */
export interface Arrays {
  /** A zeroed array inside the kernels' memory. */
  allocate(length: number): Float32Array;
  /** Gives such an array's memory back. @throws RangeError for any other array. */
  release(array: Float32Array): void;
  /**
   * Runs `body` with the address of each array. Arrays outside the kernels' memory are copied in;
   * `output` is copied back, and copied in only where `readsOutput`.
   */
  withAddresses(inputs: readonly Float32Array[], output: Float32Array, readsOutput: boolean, body: Body): void;
}

type Body = (inputs: readonly number[], output: number) => void;

export function createArrays(heap: Heap): Arrays {
  // Every growth of a shared memory makes a new buffer object over the same bytes; all stay valid.
  const buffers = new WeakSet<ArrayBufferLike>();
  const isInside = ({ buffer }: Float32Array): boolean => buffers.has(buffer);
  const view = (address: number, length: number) => {
    buffers.add(heap.memory.buffer);
    return new Float32Array(heap.memory.buffer, address, length);
  };
  const copies: { address: number; bytes: number }[] = [];

  /** Address of room for the copy of operand `slot`, kept for the next call. */
  function room(slot: number, bytes: number): number {
    const copy = copies[slot];
    if (copy && copy.bytes >= bytes) return copy.address;
    if (copy) heap.release(copy.address);
    const grown = { address: heap.allocate(bytes), bytes };
    copies[slot] = grown;
    return grown.address;
  }

  return {
    allocate(length) {
      assertLength(length);
      return view(heap.allocate(4 * length), length).fill(0);
    },
    release(array) {
      if (!isInside(array)) throw new RangeError("kernels.release: expected an array of kernels.allocate");
      heap.release(array.byteOffset);
    },
    withAddresses(inputs, output, readsOutput, body) {
      const addresses = [...inputs, output].map((array, slot) =>
        isInside(array) ? array.byteOffset : room(slot, 4 * array.length),
      );
      const copyIn = (array: Float32Array, slot: number) => {
        if (!isInside(array)) view(addresses[slot], array.length).set(array);
      };
      inputs.forEach(copyIn);
      const last = inputs.length;
      if (readsOutput) copyIn(output, last);
      body(addresses, addresses[last]);
      if (!isInside(output)) output.set(view(addresses[last], output.length));
    },
  };
}

function assertLength(length: number): void {
  if (Number.isSafeInteger(length) && length >= 0) return;
  throw new RangeError(`kernels.allocate: expected a length ≥ 0, received ${length}`);
}

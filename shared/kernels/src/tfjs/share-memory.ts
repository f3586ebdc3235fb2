/** tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm 4.22.0: the one that was tried. */
export const KNOWN_SHA256 = "77ebb28a6d34f371dbbf2086b7f2de8994acd8ea5a3cf1fa24d2c26c840cac7b";

const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;
const SHARED_WITH_MAXIMUM = 3;

/**
 * TensorFlow.js's SIMD binary with its memory made shared, so that worker threads can compute in it:
 * one byte of the memory section, the limits' flags, changes from 1 (has a maximum) to 3 (shared,
 * has a maximum). The code is the same; TensorFlow.js itself goes on with one thread.
 *
 * @throws RangeError if the binary is not WebAssembly, or its memory is not one with a maximum.
 */
export function shareMemory(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const position = memoryFlagsPosition(binary);
  if (binary[position] !== HAS_MAXIMUM) {
    throw new RangeError(`shareMemory: expected memory flags ${HAS_MAXIMUM}, received ${binary[position]}`);
  }
  const shared = Uint8Array.from(binary);
  shared[position] = SHARED_WITH_MAXIMUM;
  if (!WebAssembly.validate(shared)) throw new RangeError("shareMemory: the changed binary is not valid WebAssembly");
  return shared;
}

/** Position of the limits' flags of the only memory that the module defines. */
function memoryFlagsPosition(binary: Uint8Array): number {
  if (new DataView(binary.buffer, binary.byteOffset).getUint32(0, true) !== 0x6d736100) {
    throw new RangeError("shareMemory: this is not WebAssembly");
  }
  let position = 8; // past the magic number and the version
  while (position < binary.length) {
    const section = binary[position];
    const [size, start] = readUnsigned(binary, position + 1);
    if (section === MEMORY_SECTION) {
      const [count, first] = readUnsigned(binary, start);
      if (count !== 1) throw new RangeError(`shareMemory: expected 1 memory, received ${count}`);
      return first;
    }
    position = start + size;
  }
  throw new RangeError("shareMemory: the module defines no memory");
}

/** An LEB128 number and the position after it. */
function readUnsigned(binary: Uint8Array, position: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = binary[position++]!;
    value |= (byte & 127) << shift;
    if (byte < 128) return [value, position];
  }
}

import { sizeOf, UserError } from "@course/core";
import { assertImageSet, type ImageSet } from "./image-set.ts";

const UNSIGNED_BYTE = 0x08;

/** A tensor of bytes as an IDX file holds it. */
export interface IdxTensor {
  readonly shape: readonly number[];
  /** Row-major; shares memory with the bytes it was read from. */
  readonly data: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes, the format of MNIST (LeCun, Cortes & Burges, 1998): a magic
 * number 0x000008NN with NN dimensions, NN big-endian 32-bit sizes, then the values.
 *
 * @param what the file's name, for messages.
 * @throws UserError for another magic number, another type or number of dimensions, and for too few or too many bytes.
 */
export function readIdx(what: string, bytes: Uint8Array, numDimensions: number): IdxTensor {
  const headerSize = 4 + 4 * numDimensions;
  if (bytes.length < headerSize)
    throw new UserError(
      `${what}: expected an IDX header of ${headerSize} bytes, received ${bytes.length} (cut short?)`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = (UNSIGNED_BYTE << 8) | numDimensions;
  if (view.getUint32(0) !== magic)
    throw new UserError(
      `${what}: expected IDX magic number ${hex(magic)}, received ${hex(view.getUint32(0))}${guess(view, magic)}`,
    );
  const shape = Array.from({ length: numDimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = headerSize + sizeOf(shape);
  if (bytes.length !== expected)
    throw new UserError(
      `${what}: expected ${expected} bytes for [${shape.join(", ")}], received ${bytes.length}` +
        (bytes.length < expected ? " (cut short?)" : " (trailing bytes: two files in one?)"),
    );
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + headerSize, sizeOf(shape)) };
}

/** The bytes of an IDX file; the inverse of `readIdx`. */
export function writeIdx({ shape, data }: IdxTensor): Uint8Array {
  if (data.length !== sizeOf(shape))
    throw new RangeError(
      `writeIdx: expected ${sizeOf(shape)} values for [${shape.join(", ")}], received ${data.length}`,
    );
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (UNSIGNED_BYTE << 8) | shape.length);
  shape.forEach((size, i) => {
    view.setUint32(4 + 4 * i, size);
  });
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

/**
 * Grey images [count, height, width, 1] and their labels from a pair of IDX files.
 *
 * @throws UserError as `readIdx` and `assertImageSet`.
 */
export function imagesFromIdx(
  what: string,
  files: { readonly images: Uint8Array; readonly labels: Uint8Array },
  classes: readonly string[],
): ImageSet {
  const images = readIdx(`${what} images`, files.images, 3);
  const labels = readIdx(`${what} labels`, files.labels, 1);
  const [count, height, width] = images.shape as [number, number, number];
  const set = { images: images.data, shape: [count, height, width, 1] as const, labels: labels.data, classes };
  assertImageSet(what, set);
  return set;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}

function guess(view: DataView, magic: number): string {
  const start = view.getUint32(0);
  if (start >>> 16 === 0x1f8b) return " (still gzipped?)";
  if (start >>> 24 === "<".charCodeAt(0)) return " (an HTML or XML page?)";
  if ((start ^ magic) >>> 8 === 0) return ` (${start & 0xff} dimensions: images and labels swapped?)`;
  return " (not an IDX file of unsigned bytes?)";
}

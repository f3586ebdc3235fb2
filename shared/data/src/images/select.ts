import type { ImageSet, Labels } from "./image-set.ts";

const PER_LEVEL = 1 / 255; // twice as fast as dividing, and in float32 the same for all 256 bytes

/** The images at `indices`, in that order, copied; an empty list gives a set of count 0. */
export function takeImages<L extends Labels>(set: ImageSet<L>, indices: ArrayLike<number>): ImageSet<L> {
  const [, height, width, channels] = set.shape;
  const size = height * width * channels;
  const images = new Uint8Array(indices.length * size);
  const labels = emptyLabels(set.labels, indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = checkedIndex(set, indices[i]!);
    images.set(set.images.subarray(index * size, (index + 1) * size), i * size);
    labels[i] = set.labels[index]!;
  }
  return { images, labels, shape: [indices.length, height, width, channels], classes: set.classes };
}

/**
 * A batch as floats: bytes 0–255 become [0, 1] by division by 255.
 *
 * @returns x [indices.length, height, width, channels] flat and y [indices.length]; both new.
 */
export function gatherImages<L extends Labels>(
  set: ImageSet<L>,
  indices: ArrayLike<number>,
): { readonly x: Float32Array; readonly y: L } {
  const { images, shape } = set;
  const size = shape[1] * shape[2] * shape[3];
  const x = new Float32Array(indices.length * size);
  const y = emptyLabels(set.labels, indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = checkedIndex(set, indices[i]!);
    const from = index * size;
    const to = i * size;
    for (let p = 0; p < size; p++) x[to + p] = images[from + p]! * PER_LEVEL;
    y[i] = set.labels[index]!;
  }
  return { x, y };
}

function emptyLabels<L extends Labels>(like: L, count: number): L {
  return (like instanceof Uint16Array ? new Uint16Array(count) : new Uint8Array(count)) as L;
}

function checkedIndex({ shape: [count] }: ImageSet<Labels>, index: number): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new RangeError(`images: expected an index from 0 to ${count - 1}, received ${index}`);
}

import { UserError } from "@course/core";
import { assertImageSet, type ImageSet } from "./image-set.ts";

const SIDE = 32;
const CHANNELS = 3;
const PLANE = SIDE * SIDE;
const RECORD = 1 + CHANNELS * PLANE;

/**
 * Reads files of CIFAR-10's binary version: records of one label byte and three planes of 32×32
 * (red, green, blue). The planes become channels: [count, 32, 32, 3].
 *
 * @param files in order; their records follow each other.
 * @throws UserError where a file is no whole number of records or a label is out of range.
 */
export function readCifar(what: string, files: readonly Uint8Array[], classes: readonly string[]): ImageSet {
  for (const [i, file] of files.entries())
    if (file.length === 0 || file.length % RECORD !== 0)
      throw new UserError(
        `${what} file ${i + 1}: expected a multiple of ${RECORD} bytes, received ${file.length} (cut short, or the Python version?)`,
      );
  const count = files.reduce((sum, file) => sum + file.length / RECORD, 0);
  const images = new Uint8Array(count * CHANNELS * PLANE);
  const labels = new Uint8Array(count);
  let index = 0;
  for (const file of files)
    for (let offset = 0; offset < file.length; offset += RECORD, index++) {
      labels[index] = file[offset]!;
      interleave(file.subarray(offset + 1, offset + RECORD), images, index * CHANNELS * PLANE);
    }
  const set = { images, shape: [count, SIDE, SIDE, CHANNELS] as const, labels, classes };
  assertImageSet(what, set);
  return set;
}

/** planes [3, 1024] → pixels [1024, 3], written at `to`. */
function interleave(planes: Uint8Array, pixels: Uint8Array, to: number): void {
  for (let channel = 0; channel < CHANNELS; channel++)
    for (let p = 0; p < PLANE; p++) pixels[to + p * CHANNELS + channel] = planes[channel * PLANE + p]!;
}

import { sizeOf, UserError } from "@course/core";

/** Class indices; 16 bits where there are more than 256 classes. */
export type Labels = Uint8Array | Uint16Array;

/** Images as bytes, one label each; they become floats only when a batch is gathered. */
export interface ImageSet<L extends Labels = Uint8Array> {
  /** Row-major [count, height, width, channels], 0–255. */
  readonly images: Uint8Array;
  readonly shape: readonly [count: number, height: number, width: number, channels: number];
  /** [count], each an index into `classes`. */
  readonly labels: L;
  readonly classes: readonly string[];
}

/**
 * Checks that images, labels and classes belong together.
 *
 * @param what the set as its reader knows it: "fashion-mnist train".
 * @throws UserError naming the first thing that does not fit.
 */
export function assertImageSet(what: string, { images, shape, labels, classes }: ImageSet<Labels>): void {
  if (images.length !== sizeOf(shape))
    throw new UserError(
      `${what} images: expected ${sizeOf(shape)} bytes for [${shape.join(", ")}], received ${images.length}`,
    );
  if (labels.length !== shape[0])
    throw new UserError(
      `${what} labels: expected [count=${shape[0]}], received [${labels.length}] (train images with test labels?)`,
    );
  const wrong = labels.findIndex((label) => label >= classes.length);
  if (wrong >= 0)
    throw new UserError(
      `${what} labels: expected 0 to ${classes.length - 1}, received ${labels[wrong]} at index ${wrong} (labels of another data set?)`,
    );
}

/** How many examples each class has: [numClasses]. */
export function countClasses(labels: ArrayLike<number>, numClasses: number): Uint32Array {
  const counts = new Uint32Array(numClasses);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]++;
  return counts;
}

/** @throws UserError naming the first class that has another number of examples than expected. */
export function assertClassCounts(what: string, set: ImageSet<Labels>, expected: readonly number[]): void {
  const counts = countClasses(set.labels, set.classes.length);
  const wrong = set.classes.findIndex((_, label) => counts[label] !== expected[label]);
  if (wrong < 0) return;
  throw new UserError(
    `${what} labels: expected ${expected[wrong]} examples of class ${set.classes[wrong]}, received ${counts[wrong]} (another version of the data?)`,
  );
}

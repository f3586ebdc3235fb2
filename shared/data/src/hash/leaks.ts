import { hash } from "node:crypto";
import type { ImageSet, Labels } from "../images/image-set.ts";

/** SHA-256 of each example's pixels, labels left out: an image is a leak whatever it is called. */
export function exampleHashes({ images, shape: [count, height, width, channels] }: ImageSet<Labels>): string[] {
  const size = height * width * channels;
  return Array.from({ length: count }, (_, i) => hash("sha256", images.subarray(i * size, (i + 1) * size), "base64"));
}

/**
 * Examples of `b` that are also in `a`, pixel for pixel: 0 for two clean splits. Only exact copies
 * count: a shifted or brightened copy is not found.
 *
 * @param a hashes as from `exampleHashes`, or the set itself; likewise b.
 */
export function findLeaks(a: ImageSet<Labels> | readonly string[], b: ImageSet<Labels> | readonly string[]): number {
  const known = new Set("images" in a ? exampleHashes(a) : a);
  return ("images" in b ? exampleHashes(b) : b).reduce((leaks, one) => leaks + Number(known.has(one)), 0);
}

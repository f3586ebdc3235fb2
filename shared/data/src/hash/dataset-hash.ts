import { createHash, type Hash } from "node:crypto";
import type { ImageSet, Labels } from "../images/image-set.ts";

/**
 * SHA-256 over decoded content: each split's name, shape, classes, image bytes and labels. Two
 * files that hold the same examples (gzipped or not, IDX or PNG) have one hash.
 */
export function datasetHash(splits: Readonly<Record<string, ImageSet<Labels>>>): string {
  const hash = createHash("sha256");
  for (const [name, { shape, classes, images, labels }] of Object.entries(splits)) {
    hash.update(`${JSON.stringify({ name, shape, classes })}\n`);
    hash.update(images);
    updateLabels(hash, labels);
  }
  return hash.digest("hex");
}

/** Labels as 16-bit little-endian whatever their type, so that the type does not change the hash. */
function updateLabels(hash: Hash, labels: Labels): void {
  const bytes = new Uint8Array(2 * labels.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < labels.length; i++) view.setUint16(2 * i, labels[i]!, true);
  hash.update(bytes);
}

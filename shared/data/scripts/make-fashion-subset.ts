/**
 * Writes assets/fashion-mnist/: 1,600 training and 400 test images of Fashion-MNIST, 160 and 40 of
 * each class, chosen by a fixed seed from upstream's own training and test files, which must be
 * reachable. Prints what the catalogue says about the files.
 *
 *     node scripts/make-fashion-subset.ts
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { createRandom } from "@course/core";
import { imagesFromIdx, writeIdx } from "../src/images/idx.ts";
import { takeImages } from "../src/images/select.ts";
import { openDataset } from "../src/index.ts";
import { sha256 } from "../src/payload/verify.ts";
import { splitStratified } from "../src/split/split-stratified.ts";

const { files, isSubset } = await openDataset("fashion-mnist");
if (isSubset) throw new Error("make-fashion-subset: the full data set is not reachable");
const classes = Array.from({ length: 10 }, (_, i) => String(i));

for (const [split, kept] of [
  ["train", 1600],
  ["t10k", 400],
] as const) {
  const images = files.get(`${split}-images-idx3-ubyte`)!;
  const labels = files.get(`${split}-labels-idx1-ubyte`)!;
  const full = imagesFromIdx(split, { images, labels }, classes);
  const [count, height, width] = full.shape;
  const chosen = splitStratified(full.labels, { kept: kept / count }, createRandom(`fashion-mnist ${split} subset`));
  const subset = takeImages(full, chosen.kept);
  save(`subset-${split}-images-idx3-ubyte`, writeIdx({ shape: [kept, height, width], data: subset.images }));
  save(`subset-${split}-labels-idx1-ubyte`, writeIdx({ shape: [kept], data: subset.labels }));
}

function save(name: string, bytes: Uint8Array): void {
  const path = new URL(`../assets/fashion-mnist/${name}.gz`, import.meta.url);
  const packed = gzipSync(bytes, { level: 9 });
  writeFileSync(fileURLToPath(path), packed);
  console.log(JSON.stringify({ name, size: bytes.length, sha256: sha256(bytes), packed: packed.length }));
}

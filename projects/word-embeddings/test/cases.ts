import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRandom } from "@course/core";
import { tf } from "@course/tf";
import { onTestFinished } from "vitest";
import { config } from "../src/config.ts";
import { createNetwork } from "../src/network.ts";

/** Settings for texts of a few words. */
export const small = (changes = {}) =>
  config.parse({ minCount: 1, dimension: 6, hidden: [8], before: 2, around: 1, batchSize: 16, drawn: 0, ...changes });

/** A folder of files that is gone after the test. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "words-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Ten paragraphs of one sentence. */
export const SENTENCES = Array<string>(10).fill("The cat sat on the mat, and the dog sat on the cat.").join("\n\n");

/** A network for five words with a context of two. */
export const tiny = (seed = 1) =>
  createNetwork({ shares: [0.2, 0.2, 0.2, 0.2, 0.2], width: 2, dimension: 3, hidden: [4] }, createRandom(seed));

export const ids = (...values: number[]) => Int32Array.of(...values);
export const int1d = (values: ArrayLike<number>) => tf.tensor1d(Int32Array.from(values), "int32");
export const normals = (count: number, seed: number) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => random.normal());
};

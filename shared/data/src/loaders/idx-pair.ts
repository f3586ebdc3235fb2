import { readFile } from "node:fs/promises";
import { UserError } from "@course/core";
import { imagesFromIdx } from "../images/idx.ts";
import type { ImageSet } from "../images/image-set.ts";
import type { OpenedDataset } from "../open.ts";
import { decompress } from "../payload/decompress.ts";
import { SourceFailure } from "../sources/failure.ts";

/** The names of the digit classes, "0" to "9". */
export const DIGIT_CLASSES: readonly string[] = Array.from({ length: 10 }, (_, digit) => String(digit));

/** One split of MNIST or of a set with its file names; a subset's names start with "subset-". */
export function idxSplit(opened: OpenedDataset, split: "train" | "t10k", classes: readonly string[]): ImageSet {
  const prefix = `${opened.isSubset ? "subset-" : ""}${split}`;
  const images = opened.files.get(`${prefix}-images-idx3-ubyte`)!;
  const labels = opened.files.get(`${prefix}-labels-idx1-ubyte`)!;
  return imagesFromIdx(`${opened.entry.name} ${split}`, { images, labels }, classes);
}

/**
 * Images of your own from a pair of IDX files, plain or gzipped.
 *
 * @returns images [count, height, width, 1] and labels [count].
 * @throws UserError for a file that is missing, cut short, damaged, no IDX, or that does not fit the other.
 */
export async function loadIdx(
  imagesPath: string,
  labelsPath: string,
  classes: readonly string[] = DIGIT_CLASSES,
): Promise<ImageSet> {
  const [images, labels] = await Promise.all([readPayload(imagesPath), readPayload(labelsPath)]);
  return imagesFromIdx(imagesPath, { images, labels }, classes);
}

async function readPayload(path: string): Promise<Uint8Array> {
  try {
    return await decompress(path, await readFile(path));
  } catch (cause) {
    if (cause instanceof SourceFailure) throw new UserError(cause.message, { cause });
    if (cause instanceof Error && "code" in cause)
      throw new UserError(`${path}: expected an IDX file, cannot read it (${cause.code})`, { cause });
    throw cause;
  }
}

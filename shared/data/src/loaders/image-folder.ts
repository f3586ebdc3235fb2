import { basename, join, resolve } from "node:path";
import { UserError } from "@course/core";
import { datasetHash } from "../hash/dataset-hash.ts";
import { decodeImage } from "../images/decode.ts";
import type { ImageSet, Labels } from "../images/image-set.ts";
import { limitIndices } from "../split/limit.ts";
import { listClassFolders } from "./class-folders.ts";
import type { Provenance } from "./loaded.ts";

const AT_ONCE = 8; // pictures decoded in parallel: sharp has its own threads, this keeps them busy
const NAMED = 5; // unreadable files that an error names; a whole wrong folder would fill the screen

export interface ImageFolderOptions {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 colour (default). */
  readonly channels?: 1 | 3;
  /** "cover" (default) fills the size and crops, "contain" adds white borders, "fill" distorts. */
  readonly fit?: "cover" | "contain" | "fill";
  /** Pictures kept in all: stratified, and the same ones every time. */
  readonly limit?: number | undefined;
  /** "stop" (default) throws; "skip" leaves such files out and returns their paths. */
  readonly unreadable?: "stop" | "skip";
}

export interface ImageFolder {
  readonly set: ImageSet<Labels>;
  /** Path of each example, below the folder: the caption of a figure, or the group for `splitByGroup`. */
  readonly files: readonly string[];
  /** What could not be decoded and was left out: path and reason. */
  readonly unreadable: readonly string[];
  readonly provenance: Provenance;
}

/**
 * Pictures from a folder of class-named folders (`birds/robin/1.jpg`), brought to one size. No split
 * is made: use `splitStratified`, or `splitByGroup` where several pictures show one subject.
 *
 * @throws UserError as `listClassFolders`, or naming the pictures that cannot be decoded.
 */
export async function loadImageFolder(folder: string, options: ImageFolderOptions): Promise<ImageFolder> {
  const { classes, files, labels } = await listClassFolders(folder);
  const chosen = Array.from(limitIndices(labels, options.limit), (i) => ({ file: files[i]!, label: labels[i]! }));
  const { height, width, channels = 3, fit = "cover" } = options;
  const size = height * width * channels;
  const images = new Uint8Array(chosen.length * size);
  const kept: typeof chosen = [];
  const unreadable: string[] = [];
  for (let start = 0; start < chosen.length; start += AT_ONCE) {
    const group = chosen.slice(start, start + AT_ONCE);
    const decoded = await Promise.allSettled(
      group.map(({ file }) => decodeImage(join(folder, file), { channels, size: { height, width, fit } })),
    );
    for (const [i, result] of decoded.entries()) {
      if (result.status === "rejected") unreadable.push(`${group[i]!.file} (${result.reason.message})`);
      else images.set(result.value.pixels, size * (kept.push(group[i]!) - 1));
    }
  }
  if (unreadable.length > 0 && options.unreadable !== "skip") throw unreadableError(folder, unreadable);
  const Type = classes.length > 256 ? Uint16Array : Uint8Array;
  const set: ImageSet<Labels> = {
    images: images.subarray(0, kept.length * size),
    shape: [kept.length, height, width, channels],
    labels: Type.from(kept.map(({ label }) => label)),
    classes,
  };
  return { set, files: kept.map(({ file }) => file), unreadable, provenance: provenanceOf(folder, set) };
}

function unreadableError(folder: string, unreadable: readonly string[]): UserError {
  const named = unreadable.slice(0, NAMED).join(", ");
  const more = unreadable.length > NAMED ? ` and ${unreadable.length - NAMED} more` : "";
  return new UserError(
    `${folder}: expected pictures, cannot decode ${named}${more} (cut short, or not what the name says?);` +
      ` remove them, or load with unreadable: "skip"`,
  );
}

function provenanceOf(folder: string, set: ImageSet<Labels>): Provenance {
  const name = basename(resolve(folder));
  return { name, source: `folder ${folder}`, sha256: datasetHash({ [name]: set }), isSubset: false, skipped: [] };
}

import { createRandom } from "@course/core";
import { assertClassCounts, assertImageSet, type ImageSet } from "../images/image-set.ts";
import { takeImages } from "../images/select.ts";
import { openDataset } from "../open.ts";
import { splitStratified } from "../split/split-stratified.ts";
import { DIGIT_CLASSES } from "./idx-pair.ts";
import { finishLoading, type LoadedImages, type LoadOptions } from "./loaded.ts";

const SIDE = 8;
const MAX_INK = 16;
const COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];

/**
 * The small digits: train [1438, 8, 8, 1], test [359, 8, 8, 1]. Ink 0–16 becomes bytes 0–255, so
 * that `gatherImages` gives [0, 1] as for every set. The split is ours, stratified and fixed.
 *
 * @throws UserError as `openDataset`.
 */
export async function loadSmallDigits(options: LoadOptions = {}): Promise<LoadedImages> {
  const opened = await openDataset("small-digits", options);
  const all = readInk(new TextDecoder().decode(opened.files.get("digits.csv")));
  assertClassCounts("small-digits", all, COUNTS);
  const split = splitStratified(all.labels, { train: 0.8, test: 0.2 }, createRandom("small digits split"));
  return finishLoading(opened, { train: takeImages(all, split.train), test: takeImages(all, split.test) }, options);
}

/** One digit a line: 64 counts of ink, row by row, then the label. */
function readInk(csv: string): ImageSet {
  const rows = csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(",").map(Number));
  const set: ImageSet = {
    images: Uint8Array.from(
      rows.flatMap((row) => row.slice(0, -1)),
      (ink) => Math.round((ink / MAX_INK) * 255),
    ),
    shape: [rows.length, SIDE, SIDE, 1],
    labels: Uint8Array.from(rows, (row) => row.at(-1)!),
    classes: DIGIT_CLASSES,
  };
  assertImageSet("small-digits", set);
  return set;
}

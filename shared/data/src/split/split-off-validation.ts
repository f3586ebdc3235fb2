import { type Random, UserError } from "@course/core";
import type { ImageSet } from "../images/image-set.ts";
import { takeImages } from "../images/select.ts";
import type { LoadedImages } from "../loaders/loaded.ts";
import { splitStratified } from "./split-stratified.ts";

export interface ImageSplits extends LoadedImages {
  readonly validation: ImageSet;
}

/**
 * A data set whose training images are divided: `share` of them, of each class alike, validate. The test images stay its
 * own.
 *
 * @throws UserError where that leaves none to train or to validate
 */
export function splitOffValidation(loaded: LoadedImages, share: number, random: Random): ImageSplits {
  const { train, validation } = splitStratified(loaded.train.labels, { train: 1 - share, validation: share }, random);
  if (train.length === 0 || validation.length === 0)
    throw new UserError(
      `training images: expected enough to train and to validate, received ${loaded.train.labels.length} (--limit too small?)`,
    );
  return { ...loaded, train: takeImages(loaded.train, train), validation: takeImages(loaded.train, validation) };
}

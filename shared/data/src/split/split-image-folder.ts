import { type Random, UserError } from "@course/core";
import { countClasses, type ImageSet, type Labels } from "../images/image-set.ts";
import { takeImages } from "../images/select.ts";
import type { ImageFolder } from "../loaders/image-folder.ts";
import type { Provenance } from "../loaders/loaded.ts";
import { splitStratified } from "./split-stratified.ts";

const FEWEST = 10; // of each class, or none would be left to validate or test
const FRACTIONS = { train: 0.8, validation: 0.1, test: 0.1 };

export type FolderSplits = Readonly<Record<keyof typeof FRACTIONS, ImageSet<Labels>>> & {
  readonly provenance: Provenance;
};

/** Of each class in a user's folder 80 % train, 10 % validate and 10 % test. @throws UserError for fewer than ten of a class */
export function splitImageFolder({ set, provenance }: ImageFolder, random: Random): FolderSplits {
  const smallest = Math.min(...countClasses(set.labels, set.classes.length));
  if (smallest < FEWEST)
    throw new UserError(
      `${provenance.source}: expected at least ${FEWEST} pictures of each class, received ${smallest} of one`,
    );
  const { train, validation, test } = splitStratified(set.labels, FRACTIONS, random);
  const take = (indices: Uint32Array) => takeImages(set, indices);
  return { train: take(train), validation: take(validation), test: take(test), provenance };
}

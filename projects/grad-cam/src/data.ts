import { type Random, UserError } from "@course/core";
import * as data from "@course/data";

const LOADERS = { digits: data.loadDigits, mnist: data.loadMnist, "fashion-mnist": data.loadFashionMnist };

/** The data set's own test images, and its training images in two: of each class as many, an eighth validates. */
export async function loadSplits(
  dataset: string,
  random: Random,
  options: data.LoadOptions,
): Promise<data.ImageSplits> {
  if (!(dataset in LOADERS))
    throw new UserError(
      `model: expected one trained on ${Object.keys(LOADERS).join(", ")}, received ${dataset} (explain takes its pictures)`,
    );
  return data.splitOffValidation(await LOADERS[dataset as keyof typeof LOADERS](options), 1 / 8, random);
}

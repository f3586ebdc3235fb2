import type { Random } from "@course/core";
import * as data from "@course/data";
import type { Config } from "./config.ts";

const LOADERS = { digits: data.loadDigits, mnist: data.loadMnist, "fashion-mnist": data.loadFashionMnist };

/** The data set's own test images, and its training images in two: of each class as many, an eighth validates. */
export async function loadSplits(
  dataset: Config["dataset"],
  random: Random,
  options: data.LoadOptions,
): Promise<data.ImageSplits> {
  return data.splitOffValidation(await LOADERS[dataset](options), 1 / 8, random);
}

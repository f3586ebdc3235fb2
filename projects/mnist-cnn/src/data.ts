import { type Random, UserError } from "@course/core";
import * as data from "@course/data";
import type { Config } from "./config.ts";

export type Images = data.ImageSet<data.Labels>;

export type Splits = data.FolderSplits; // images of train, validation and test, and where they are from

type Source = Pick<Config, "dataset" | "imageSize" | "color">;

interface SplitOptions extends data.LoadOptions {
  /** Of the training images, of each class as many: 500 of the 8,000 digits. */
  readonly validationShare?: number;
}

const LOADERS = { digits: data.loadDigits, mnist: data.loadMnist, "fashion-mnist": data.loadFashionMnist };

/** The data set's own test images, and its training images in two; of a user's own folder a tenth each. */
export async function loadSplits(source: Source, random: Random, options: SplitOptions): Promise<Splits> {
  const { dataset, imageSize, color } = source;
  const { dataFolder, limit, validationShare = 1 / 16 } = options;
  if (dataset !== "folder") return data.splitOffValidation(await LOADERS[dataset](options), validationShare, random);
  if (dataFolder === undefined)
    throw new UserError("--dataset folder: expected --data DIR, in which each class has a folder of pictures");
  const size = { height: imageSize, width: imageSize, channels: color ? 3 : 1 } as const;
  return data.splitImageFolder(await data.loadImageFolder(dataFolder, { ...size, limit }), random);
}

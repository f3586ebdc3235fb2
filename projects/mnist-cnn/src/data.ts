import { type Random, UserError } from "@course/core";
import * as data from "@course/data";
import type { Config } from "./config.ts";

export type Images = data.ImageSet<data.Labels>;

export interface Splits {
  readonly train: Images;
  readonly validation: Images;
  readonly test: Images;
  readonly provenance: data.Provenance;
}

type Source = Pick<Config, "dataset" | "imageSize" | "color">;

interface SplitOptions extends data.LoadOptions {
  /** Of the training images, of each class as many: 500 of the 8,000 digits. */
  readonly validationShare?: number;
}

const LOADERS = { digits: data.loadDigits, mnist: data.loadMnist, "fashion-mnist": data.loadFashionMnist };

/** The data set's own test images, and its training images in two. */
export async function loadSplits(source: Source, random: Random, options: SplitOptions): Promise<Splits> {
  if (source.dataset === "folder") return splitFolder(source, random, options);
  const { train: all, test, provenance } = await LOADERS[source.dataset](options);
  const share = options.validationShare ?? 1 / 16;
  const { train, validation } = data.splitStratified(all.labels, { train: 1 - share, validation: share }, random);
  return { train: data.takeImages(all, train), validation: data.takeImages(all, validation), test, provenance };
}

/** Of each class in the user's folder 80 % train, 10 % validate and 10 % test. */
async function splitFolder({ imageSize, color }: Source, random: Random, options: data.LoadOptions): Promise<Splits> {
  const { dataFolder, limit } = options;
  if (dataFolder === undefined)
    throw new UserError("--dataset folder: expected --data DIR, in which each class has a folder of pictures");
  const size = { height: imageSize, width: imageSize, channels: color ? 3 : 1 } as const;
  const { set, provenance } = await data.loadImageFolder(dataFolder, { ...size, limit });
  const smallest = Math.min(...data.countClasses(set.labels, set.classes.length));
  if (smallest < 10)
    throw new UserError(`${dataFolder}: expected at least 10 pictures of each class, received ${smallest} of one`);
  const fractions = { train: 0.8, validation: 0.1, test: 0.1 };
  const { train, validation, test } = data.splitStratified(set.labels, fractions, random);
  const take = (indices: Uint32Array) => data.takeImages(set, indices);
  return { train: take(train), validation: take(validation), test: take(test), provenance };
}

import { assertClassCounts } from "../images/image-set.ts";
import { openDataset } from "../open.ts";
import { DIGIT_CLASSES, idxSplit } from "./idx-pair.ts";
import { finishLoading, type LoadedImages, type LoadOptions } from "./loaded.ts";

const TRAIN_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
const TEST_COUNTS = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];

/**
 * MNIST with its official split: train [60000, 28, 28, 1], test [10000, 28, 28, 1].
 *
 * @throws UserError as `openDataset`; where upstream cannot be reached it suggests `loadDigits`.
 */
export async function loadMnist(options: LoadOptions = {}): Promise<LoadedImages> {
  const opened = await openDataset("mnist", options);
  const train = idxSplit(opened, "train", DIGIT_CLASSES);
  const test = idxSplit(opened, "t10k", DIGIT_CLASSES);
  assertClassCounts("mnist train", train, TRAIN_COUNTS);
  assertClassCounts("mnist test", test, TEST_COUNTS);
  return finishLoading(opened, { train, test }, options);
}

import { openDataset } from "../open.ts";
import { idxSplit } from "./idx-pair.ts";
import { assertBalanced, finishLoading, type LoadedImages, type LoadOptions } from "./loaded.ts";

/** As Xiao et al. (2017) name them; index is label. */
export const FASHION_CLASSES: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/**
 * Fashion-MNIST: train [60000, 28, 28, 1], test [10000, 28, 28, 1]. Where neither upstream nor
 * Debian's package can be reached: 1,600 and 400 of them from the repository, `isSubset` true.
 *
 * @throws UserError as `openDataset`.
 */
export async function loadFashionMnist(options: LoadOptions = {}): Promise<LoadedImages> {
  const opened = await openDataset("fashion-mnist", options);
  const train = idxSplit(opened, "train", FASHION_CLASSES);
  const test = idxSplit(opened, "t10k", FASHION_CLASSES);
  assertBalanced("fashion-mnist train", train);
  assertBalanced("fashion-mnist test", test);
  return finishLoading(opened, { train, test }, options);
}

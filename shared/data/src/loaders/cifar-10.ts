import { readCifar } from "../images/cifar.ts";
import { openDataset } from "../open.ts";
import { assertBalanced, finishLoading, type LoadedImages, type LoadOptions } from "./loaded.ts";

/** As Krizhevsky (2009) names them; index is label. */
export const CIFAR_CLASSES: readonly string[] = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

/**
 * CIFAR-10 with its official split: train [50000, 32, 32, 3], test [10000, 32, 32, 3].
 *
 * @throws UserError as `openDataset`: a 170 MB download, or a folder of the user's.
 */
export async function loadCifar10(options: LoadOptions = {}): Promise<LoadedImages> {
  const opened = await openDataset("cifar-10", options);
  const batches = [1, 2, 3, 4, 5].map((i) => opened.files.get(`data_batch_${i}.bin`)!);
  const train = readCifar("cifar-10 train", batches, CIFAR_CLASSES);
  const test = readCifar("cifar-10 test", [opened.files.get("test_batch.bin")!], CIFAR_CLASSES);
  assertBalanced("cifar-10 train", train);
  assertBalanced("cifar-10 test", test);
  return finishLoading(opened, { train, test }, options);
}

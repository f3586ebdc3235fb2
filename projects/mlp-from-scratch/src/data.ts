import type { Random } from "@course/core";
import type { ImageSet, LoadOptions, Provenance } from "@course/data";
import { gatherImages, loadCifar10, loadFashionMnist, splitStratified, takeImages } from "@course/data";
import type { Tensor } from "./tensor.ts";

export interface Splits {
  readonly train: ImageSet;
  readonly validation: ImageSet;
  readonly test: ImageSet;
  readonly provenance: Provenance;
}

/** A twelfth of the training images, of each class as many, is for validation: 5,000 of Fashion-MNIST's 60,000. */
export async function loadSplits(dataset: string, random: Random, options: LoadOptions): Promise<Splits> {
  const load = dataset === "cifar-2" ? loadCifar2 : loadFashionMnist;
  const { train: all, test, provenance } = await load(options);
  const { train, validation } = splitStratified(all.labels, { train: 11 / 12, validation: 1 / 12 }, random);
  return { train: takeImages(all, train), validation: takeImages(all, validation), test, provenance };
}

/** CIFAR-10's airplanes and automobiles: 10,000 training and 2,000 test images of 32×32×3. */
async function loadCifar2(options: LoadOptions): Promise<Omit<Splits, "validation">> {
  const { train, test, provenance } = await loadCifar10(options);
  return { train: firstClasses(train, 2), test: firstClasses(test, 2), provenance: { ...provenance, name: "cifar-2" } };
}

/** The images of the classes 0 to count − 1. */
export function firstClasses(set: ImageSet, count: number): ImageSet {
  const indices = Array.from(set.labels.keys()).filter((i) => set.labels[i] < count);
  return { ...takeImages(set, indices), classes: set.classes.slice(0, count) };
}

/** Bytes become floats in [0, 1], here and nowhere else: x [batch, height · width · channels], labels [batch]. */
export function toBatch(set: ImageSet, indices: Uint32Array): { x: Tensor; labels: Uint8Array } {
  const { x, y } = gatherImages(set, indices);
  return { x: { shape: [indices.length, x.length / indices.length], data: x }, labels: y };
}

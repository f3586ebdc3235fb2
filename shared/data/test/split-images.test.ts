import { createRandom, UserError } from "@course/core";
import { expect, test } from "vitest";
import { countClasses, findLeaks, type ImageSet, splitImageFolder, splitOffValidation } from "../src/index.ts";

/** Images of 1×2 pixels, no two alike; so many of each of two classes. */
function imagesOf(...counts: [number, number]): ImageSet {
  const labels = Uint8Array.from([...Array(counts[0]).fill(0), ...Array(counts[1]).fill(1)]);
  const images = Uint8Array.from({ length: 2 * labels.length }, (_, i) => (i % 2 === 0 ? i / 2 : labels[i >> 1]!));
  return { images, labels, shape: [labels.length, 1, 2, 1], classes: ["a", "b"] };
}
const provenance = { name: "own", source: "folder own", sha256: "", isSubset: false, skipped: [] };

test("a share of the training images validates, of each class alike; the test images stay as they are", () => {
  const loaded = { train: imagesOf(20, 40), test: imagesOf(3, 5), provenance };
  const { train, validation, test: held, ...rest } = splitOffValidation(loaded, 1 / 4, createRandom(1));
  expect([...countClasses(train.labels, 2)]).toEqual([15, 30]);
  expect([...countClasses(validation.labels, 2)]).toEqual([5, 10]);
  expect(findLeaks(train, validation)).toBe(0);
  expect(held).toBe(loaded.test);
  expect(rest).toEqual({ provenance });
});

test("too few images to train and to validate are a user's mistake", () => {
  const loaded = { train: imagesOf(1, 1), test: imagesOf(3, 5), provenance };
  expect(() => splitOffValidation(loaded, 1 / 4, createRandom(1))).toThrow(
    new UserError("training images: expected enough to train and to validate, received 2 (--limit too small?)"),
  );
});

test("a folder in three: 8, 1 and 1 of ten of each class", () => {
  const folder = { set: imagesOf(20, 30), files: [], unreadable: [], provenance };
  const { train, validation, test: held } = splitImageFolder(folder, createRandom(1));
  const counts = [train, validation, held].map(({ labels }) => [...countClasses(labels, 2)]);
  expect(counts).toEqual([
    [16, 24],
    [2, 3],
    [2, 3],
  ]);
  expect(findLeaks(train, held) + findLeaks(train, validation) + findLeaks(validation, held)).toBe(0);
});

test("fewer than ten of a class are a user's mistake", () => {
  const folder = { set: imagesOf(12, 9), files: [], unreadable: [], provenance };
  expect(() => splitImageFolder(folder, createRandom(1))).toThrow(
    new UserError("folder own: expected at least 10 pictures of each class, received 9 of one"),
  );
});

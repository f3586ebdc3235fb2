import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { assertBox, assertLearnable, boxesOutOfReach, type SceneLimits, type Scenes } from "../src/index.ts";

/** Scenes with these labels of objects. */
function scenesOf(labels: readonly (readonly number[])[], [height, width] = [48, 60]): Scenes {
  return {
    images: new Uint8Array(labels.length * height * width),
    shape: [labels.length, height, width, 1],
    objects: labels.map((scene) => scene.map((label) => ({ box: [1, 2, 9, 9], label, angle: 0, scale: 1 }))),
    noise: new Float32Array(labels.length),
    classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
  };
}

const sound = scenesOf([[1], [], [2]]);
const splits = { train: sound, validation: sound, test: sound };

describe("scenes of one's own", () => {
  test("sound ones pass, within every limit that they keep to", () => {
    expect(() => assertLearnable(splits)).not.toThrow();
    expect(() => assertLearnable(splits, { mostObjects: 1, multiples: [8, 12] })).not.toThrow();
    expect(() => assertLearnable({ ...splits, train: scenesOf([[1, 2, 1]]) })).not.toThrow();
  });
  test.each<[string, Partial<typeof splits>, SceneLimits, string]>([
    [
      "empty scenes only",
      { validation: scenesOf([[]]) },
      {},
      "validation: expected scenes with an object, received empty ones only: there is no box to learn (too few scenes?)",
    ],
    [
      "a class that is never trained",
      { test: scenesOf([[7]]) },
      {},
      "test: class 7 occurs here, but in no training scene: nothing to learn it from",
    ],
    [
      "other classes than those of train",
      { validation: { ...sound, classes: ["0", "1", "2"] } },
      {},
      "validation: expected the classes of train (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), received 0, 1, 2 (classes numbered for each split by itself?)",
    ],
    [
      "images of another size than those that are trained on",
      { test: scenesOf([[1]], [30, 96]) },
      {},
      "test: expected images of 48×60 as in train, received 30×96",
    ],
    [
      "more objects than the limit",
      { train: scenesOf([[], [1, 2]]) },
      { mostObjects: 1 },
      "train, scene 1: expected at most 1 object, received 2 (scenes for another project?)",
    ],
    [
      "a size that the cells do not divide",
      {},
      { multiples: [8, 11] },
      "train: expected a height that 8 divides and a width that 11 divides, received 48×60 (pad the images?)",
    ],
  ])("%s", (_, changes, limits, message) => {
    expect(() => assertLearnable({ ...splits, ...changes }, limits)).toThrow(new UserError(message));
  });
});

test("boxes that no answer of the network can have are counted", () => {
  const splits = { train: scenesOf([[1, 2], []]), validation: scenesOf([[1]]), test: scenesOf([[2]], [16, 24]) };
  expect(boxesOutOfReach(splits, {})).toBeUndefined();
  const canGive: SceneLimits["canGive"] = (sides, size) => {
    expect(sides).toEqual({ height: 7, width: 8 }); // of [1, 2, 9, 9]
    return size.height === 48;
  };
  expect(boxesOutOfReach(splits, { canGive })).toContain("1 of 4 boxes are smaller or larger than any");
});

test("a box up to a pixel beyond the edge is rounding, further out a user's mistake", () => {
  const size = { height: 48, width: 60 };
  expect(() => assertBox("x", [-1, 0, 60.5, 48], size)).not.toThrow();
  expect(() => assertBox("x", [-1, 0, 61.5, 48], size)).toThrow(
    new UserError(
      "x: expected a box inside the image of 60×48 pixels, received [-1, 0, 61.5, 48] (of another image size?)",
    ),
  );
});

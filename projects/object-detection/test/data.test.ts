import { UserError } from "@course/core";
import { type Scenes, takeScenes } from "@course/data";
import { describe, expect, test } from "vitest";
import { config } from "../src/config.ts";
import { assertLearnable, gatherTargets, loadSplits, withGrids } from "../src/data.ts";
import { cellOf } from "../src/grid.ts";
import { EIGHT, grid, rectangles } from "./cases.ts";

const small = (changes = {}) =>
  loadSplits({ ...config.parse({}), scenes: 60, heldOut: 20, ...changes }, { offline: true });
const digests = ({ images, shape: [count, height, width] }: Scenes) =>
  Array.from({ length: count }, (_, i) =>
    Buffer.from(images.subarray(i * height * width, (i + 1) * height * width)).toString("base64"),
  );

describe("scenes", () => {
  test("two classes, none to three digits, one centre in a cell, boxes inside", async () => {
    const { train, validation, test: held, grid: own } = await small();
    expect([train(1).shape, validation.shape, held.shape]).toEqual([
      [60, 48, 60, 1],
      [20, 48, 60, 1],
      [40, 48, 60, 1],
    ]);
    expect(validation.classes).toEqual(["0", "1"]);
    for (const objects of train(1).objects) {
      expect(objects.length).toBeLessThanOrEqual(3);
      const cells = objects.map(({ box }) => cellOf(box, own));
      expect(new Set(cells).size).toBe(cells.length);
    }
  });
  test("ten classes and up to six digits", async () => {
    const { train } = await small({ classes: 10, objects: 6 });
    const scenes = train(1);
    expect(scenes.classes).toHaveLength(10);
    expect(Math.max(...scenes.objects.map(({ length }) => length))).toBe(6);
    expect(new Set(scenes.objects.flat().map(({ label }) => label)).size).toBe(10);
  });
  test("new in each epoch, the same in each run, and in one split only", async () => {
    const [a, b] = [await small(), await small()];
    expect(a.train(1).images).toEqual(b.train(1).images);
    expect(a.train(2).images).not.toEqual(a.train(1).images);
    expect(a.provenance.sha256).toBe(b.provenance.sha256);
    const seen = new Set([...digests(a.train(1)), ...digests(a.validation)]);
    expect(digests(a.test).filter((digest) => seen.has(digest))).toEqual([]);
  });
});

describe("grids of scenes", () => {
  test("each scene has its own, and a batch gathers them in its order", () => {
    const scenes = withGrids("train", rectangles(EIGHT), grid);
    const gathered = gatherTargets(scenes, [3, 0]);
    expect(gathered).toEqual(
      Float32Array.of(...scenes.targets.subarray(3 * 36, 4 * 36), ...scenes.targets.subarray(0, 36)),
    );
    expect(gathered[3 * 6]).toBe(1);
  });
  test("a bad box names its scene", () => {
    const scenes = rectangles([[], [{ box: [1, 2, 3, 4], label: 0 }]]);
    const bad = { ...scenes, objects: [[], [{ ...scenes.objects[1]![0]!, box: [3, 2, 1, 4] as const }]] };
    expect(() => withGrids("train", bad, grid)).toThrow(
      "train, scene 1, object 0: expected [xMin, yMin, xMax, yMax] with min < max",
    );
  });
});

describe("own scenes", () => {
  const all = rectangles(EIGHT);
  const whole = { train: all, validation: all, test: all };
  test("that can be learnt", () => expect(() => assertLearnable(whole)).not.toThrow());
  test.each<[string, Partial<typeof whole>, string]>([
    [
      "empty scenes only",
      { validation: takeScenes(all, [0]) },
      "validation: expected scenes with objects, received empty ones only",
    ],
    [
      "a class that was never seen",
      { train: takeScenes(all, [1, 5]) },
      "validation: class 1 occurs here, but in no training scene",
    ],
    [
      "another size",
      { test: rectangles([[{ box: [1, 1, 5, 5], label: 0 }]], { rows: 2, columns: 3, height: 24, width: 36 }) },
      "test: expected images of 48×60 as in train, received 24×36",
    ],
  ])("%s", (_, changes, message) => {
    expect(() => assertLearnable({ ...whole, ...changes })).toThrow(UserError);
    expect(() => assertLearnable({ ...whole, ...changes })).toThrow(message);
  });
  test("a size that the cells do not divide", () => {
    const odd = rectangles([[{ box: [1, 1, 5, 5], label: 0 }]], { rows: 2, columns: 3, height: 50, width: 60 });
    expect(() => assertLearnable({ train: odd, validation: odd, test: odd })).toThrow(
      "a height that 8 divides and a width that 12 divides, received 50×60",
    );
  });
  test("without a folder, or with one that holds nothing", async () => {
    await expect(small({ dataset: "folder" })).rejects.toThrow("--dataset folder: expected --data DIR");
    await expect(loadSplits({ ...config.parse({}), dataset: "folder" }, { dataFolder: "/nowhere" })).rejects.toThrow(
      "/nowhere/train-",
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { config } from "../src/config.ts";
import { gatherTargets, loadSplits } from "../src/data.ts";
import { buildGrid, cellOf } from "../src/grid.ts";
import { EIGHT, grid, rectangles } from "./cases.ts";

const small = (changes = {}) =>
  loadSplits({ ...config.parse({}), scenes: 60, heldOut: 20, ...changes }, { offline: true });
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
  test("new in each epoch, the same in each run", async () => {
    const [a, b] = [await small(), await small()];
    expect(a.train(1)).toBe(a.train(1)); // composed once
    expect(a.train(1).images).toEqual(b.train(1).images);
    expect(a.train(2).images).not.toEqual(a.train(1).images);
    expect(a.provenance.sha256).toBe(b.provenance.sha256);
  });
  test("so few that all of them are empty are a user's mistake", async () => {
    await expect(small({ objects: 2, scenes: 1 })).rejects.toThrow(
      "train: expected scenes with an object, received empty ones only",
    );
  });
});

describe("grids of scenes", () => {
  test("each scene has its own, and a batch gathers them in its order", () => {
    const gathered = gatherTargets(rectangles(EIGHT), [3, 0], grid);
    expect(gathered).toEqual(Float32Array.of(...buildGrid(EIGHT[3]!, grid, "scene"), ...Array(36).fill(0)));
    expect(gathered[3 * 6]).toBe(1);
  });
  test("a bad box names its scene", () => {
    const scenes = rectangles([[], [{ box: [1, 2, 3, 4], label: 0 }]]);
    const bad = { ...scenes, objects: [[], [{ ...scenes.objects[1]![0]!, box: [3, 2, 1, 4] as const }]] };
    expect(() => gatherTargets(bad, [0, 1], grid)).toThrow(
      "scene 1, object 0: expected [xMin, yMin, xMax, yMax] with min < max",
    );
  });
});

describe("own scenes", () => {
  const folder = mkdtempSync(join(tmpdir(), "scenes-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const load = (dataFolder?: string) => loadSplits({ ...config.parse({}), dataset: "folder" }, { dataFolder });
  /** As numpy.save writes float64. */
  const save = (name: string, shape: readonly number[], values: readonly number[]) => {
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`.padEnd(117);
    const head = Buffer.from(`\x93NUMPY\x01\x00v\x00${header}\n`, "latin1");
    writeFileSync(join(folder, name), Buffer.concat([head, Buffer.from(Float64Array.from(values).buffer)]));
  };
  /** Two scenes in each split, with one object and with none. */
  const write = (height: number, width: number) => {
    for (const split of ["train", "validation", "test"]) {
      save(`${split}-images.npy`, [2, height, width], Array(2 * height * width).fill(0.5));
      save(`${split}-labels.npy`, [2, 6], [1, 0.75, 0.25, 0.4, 0.4, 3, 0, 0, 0, 0, 0, 0]);
    }
  };

  test("have the grid of their size, and are the same in every epoch", async () => {
    write(24, 36);
    const { train, validation, grid: own, provenance } = await load(folder);
    expect(own).toEqual({ rows: 2, columns: 3, height: 24, width: 36 });
    expect(train(2)).toEqual(train(1));
    const target = gatherTargets(validation, [0, 1], own);
    expect([target[2 * 6], target.length]).toEqual([1, 2 * 36]); // 0.75 · 36 = 27: column 2
    expect(provenance.name).toBe("own-scenes");
  });
  test("of a size that the cells do not divide are refused", async () => {
    write(20, 36);
    await expect(load(folder)).rejects.toThrow(
      "train: expected a height that 8 divides and a width that 12 divides, received 20×36 (pad the images?)",
    );
  });
  test("with two objects in a cell are refused before the training", async () => {
    const [a, b] = [
      [1, 0.1, 0.2, 0.1, 0.1, 3],
      [1, 0.2, 0.2, 0.1, 0.1, 3],
    ] as const;
    write(24, 36);
    save("train-labels.npy", [2, 2, 6], [...a, ...b, ...a, ...Array(6).fill(0)]);
    await expect(load(folder)).rejects.toThrow(
      "train, scene 0, object 1: expected one object in a cell, received a second one in row 0, column 0",
    );
  });
  test("without a folder, or with one that holds nothing", async () => {
    await expect(load()).rejects.toThrow("--dataset folder: expected --data DIR");
    await expect(load("/nowhere")).rejects.toThrow("/nowhere/train-");
  });
});

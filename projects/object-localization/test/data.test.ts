import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scenesHash } from "@course/data";
import { afterAll, describe, expect, test } from "vitest";
import { loadSplits } from "../src/data.ts";

const source = { dataset: "digits", scenes: 60, heldOut: 40, warp: 3 } as const;

describe("composed scenes", async () => {
  const { train, validation, test: held, provenance } = await loadSplits(source, { offline: true });
  test("as many as asked for, twice as many test, 48×60 pixels, ten classes", () => {
    expect([train(1), validation, held].map(({ shape }) => shape)).toEqual([
      [60, 48, 60, 1],
      [40, 48, 60, 1],
      [80, 48, 60, 1],
    ]);
    expect(held.classes).toHaveLength(10);
    expect(provenance).toMatchObject({ name: "localization-scenes", isSubset: false });
    expect(provenance.source).toMatch(/^composed from digits: /);
  });
  test("an epoch has the same scenes whenever it is asked for, and another epoch others", async () => {
    const again = await loadSplits(source, { offline: true });
    const hash = (scenes: typeof validation) => scenesHash({ all: scenes });
    expect(hash(again.train(1))).toBe(hash(train(1)));
    expect(hash(train(2))).not.toBe(hash(train(1)));
    expect(hash(again.test)).toBe(hash(held));
    expect(again.provenance.sha256).toBe(provenance.sha256);
  });
});

describe("a folder of arrays", () => {
  const folder = mkdtempSync(join(tmpdir(), "scenes-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  /** As numpy.save writes float64. */
  const writeNpy = (name: string, shape: readonly number[], values: readonly number[]) => {
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`.padEnd(117);
    const head = Buffer.from(`\x93NUMPY\x01\x00v\x00${header}\n`, "latin1");
    writeFileSync(join(folder, name), Buffer.concat([head, Buffer.from(Float64Array.from(values).buffer)]));
  };
  const load = (dataFolder?: string) => loadSplits({ ...source, dataset: "folder" }, { dataFolder });
  test("is read as three splits, the training scenes the same in every epoch", async () => {
    for (const split of ["train", "validation", "test"]) {
      writeNpy(`${split}-images.npy`, [2, 1, 20, 30], Array(1200).fill(0.5));
      writeNpy(`${split}-labels.npy`, [2, 6], [1, 0.5, 0.5, 0.4, 0.4, 3, 0, 0, 0, 0, 0, 0]);
    }
    const { train, validation, provenance } = await load(folder);
    expect(train(2)).toBe(train(1));
    expect(validation.objects[0]![0]!.box).toEqual([9, 6, 21, 14]);
    expect(provenance).toMatchObject({ name: "own-scenes", source: `folder ${folder}` });
  });
  test("with two objects in a scene they are refused", async () => {
    const two = [1, 0.3, 0.3, 0.2, 0.2, 3, 1, 0.7, 0.7, 0.2, 0.2, 4];
    writeNpy("validation-labels.npy", [2, 2, 6], [...two, ...two]);
    await expect(load(folder)).rejects.toThrow("validation, scene 0: expected at most 1 object, received 2");
  });
  test("no folder, or a missing file, is a user's mistake", async () => {
    await expect(load()).rejects.toThrow("--dataset folder: expected --data DIR");
    rmSync(join(folder, "test-labels.npy"));
    await expect(load(folder)).rejects.toThrow("test-labels.npy: expected an array that numpy.save wrote");
  });
});

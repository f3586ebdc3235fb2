import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, UserError } from "@course/core";
import { countClasses, findLeaks } from "@course/data";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { loadSplits } from "../src/data.ts";

const grey = { imageSize: 28, color: false };

describe("splits of the digits", async () => {
  const load = (seed: number) => loadSplits({ dataset: "digits", ...grey }, createRandom(seed), { offline: true });
  const { train, validation, test: held, provenance } = await load(1);

  test("7,500 train, 500 validate, 2,000 test, of every class alike", () => {
    expect([train, validation, held].map(({ shape }) => shape)).toEqual([
      [7500, 28, 28, 1],
      [500, 28, 28, 1],
      [2000, 28, 28, 1],
    ]);
    const counts = [train, validation].map(({ labels }) => countClasses(labels, 10));
    counts[0]!.forEach((count, label) => {
      expect(Math.abs(counts[1]![label]! - count / 15)).toBeLessThanOrEqual(1);
    });
    expect(provenance).toMatchObject({ name: "digits", isSubset: false });
  });
  test("no image is in two splits", () => {
    expect(findLeaks(train, validation)).toBe(0);
    expect(findLeaks(train, held)).toBe(0);
    expect(findLeaks(validation, held)).toBe(0);
  });
  test("the seed decides who validates, and never who tests", async () => {
    const [same, other] = [await load(1), await load(2)];
    expect(same.validation.labels).toEqual(validation.labels);
    expect(findLeaks(other.validation, validation)).toBeLessThan(100);
    expect(findLeaks(other.test, held)).toBe(2000);
  });
});

test("Fashion-MNIST, or its subset where it cannot be reached", async () => {
  const options = { offline: true, limit: 400 };
  const {
    train,
    validation,
    test: held,
  } = await loadSplits({ dataset: "fashion-mnist", ...grey }, createRandom(1), options);
  expect([train, validation, held].map(({ labels }) => labels.length)).toEqual([380, 20, 400]);
  expect(train.classes[9]).toBe("Ankle boot");
});

describe("a folder of pictures", () => {
  /** 20×30 pictures, each of a colour of its own, so many in each class. */
  async function folderOf(counts: Readonly<Record<string, number>>) {
    const folder = mkdtempSync(join(tmpdir(), "pictures-"));
    let made = 0;
    for (const [name, count] of Object.entries(counts)) {
      mkdirSync(join(folder, name));
      for (let i = 0; i < count; i++, made++) {
        const background = { r: (3 * made) % 256, g: made, b: name.length };
        const image = sharp({ create: { width: 30, height: 20, channels: 3, background } });
        await image.png().toFile(join(folder, name, `${i}.png`));
      }
    }
    return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
  }

  test("8 of 10 of each class train, 1 validates, 1 tests; in the size and colours asked for", async () => {
    using made = await folderOf({ cat: 20, horse: 30 });
    const options = { dataFolder: made.folder };
    const source = { dataset: "folder", imageSize: 12, color: true } as const;
    const { train, validation, test: held, provenance } = await loadSplits(source, createRandom(1), options);
    expect([train, validation, held].map(({ shape }) => shape)).toEqual([
      [40, 12, 12, 3],
      [5, 12, 12, 3],
      [5, 12, 12, 3],
    ]);
    expect(train.classes).toEqual(["cat", "horse"]);
    expect([...countClasses(train.labels, 2)]).toEqual([16, 24]);
    expect([...countClasses(held.labels, 2)]).toEqual([2, 3]);
    expect(findLeaks(train, held)).toBe(0);
    expect(provenance.source).toContain(made.folder);
    const { train: gray } = await loadSplits({ ...source, color: false }, createRandom(1), options);
    expect(gray.shape).toEqual([40, 12, 12, 1]);
  });
  test("no folder, too few pictures, or no pictures at all are a user's mistake", async () => {
    using made = await folderOf({ cat: 12, horse: 9 });
    const load = (dataFolder?: string) =>
      loadSplits({ dataset: "folder", ...grey }, createRandom(1), dataFolder === undefined ? {} : { dataFolder });
    await expect(load()).rejects.toThrow("--dataset folder: expected --data DIR");
    await expect(load(made.folder)).rejects.toThrow("expected at least 10 pictures of each class, received 9 of one");
    await expect(load(join(made.folder, "cat"))).rejects.toThrow(UserError);
  });
});

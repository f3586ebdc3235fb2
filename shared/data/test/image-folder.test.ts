import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "@course/core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeImage, loadImageFolder } from "../src/index.ts";
import { temporaryFolder } from "./support/temporary.ts";

const SIZE = { height: 4, width: 6 };
const solid = (height: number, width: number, [r, g, b]: readonly [number, number, number]) =>
  sharp({ create: { height, width, channels: 3, background: { r, g, b } } });
const png = (color: readonly [number, number, number]) => solid(8, 9, color).png().toBuffer();

async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = temporaryFolder();
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

describe("loadImageFolder", () => {
  test("classes by folder, files in order, one size, other files passed over", async () => {
    const folder = await folderOf({
      "wren/b.png": await png([200, 100, 50]),
      "wren/a.PNG": await png([0, 0, 255]),
      "robin/1.jpg": await solid(30, 20, [90, 90, 90]).jpeg({ quality: 100 }).toBuffer(),
      "robin/notes.txt": "not a picture",
      "robin/.hidden.png": "not a picture",
      ".git/config.png": "not a class",
      "README.md": "not a class",
    });
    const { set, files, unreadable, provenance } = await loadImageFolder(folder, SIZE);
    expect(set.classes).toEqual(["robin", "wren"]);
    expect(set.shape).toEqual([3, 4, 6, 3]);
    expect([...set.labels]).toEqual([0, 1, 1]);
    expect(files).toEqual([join("robin", "1.jpg"), join("wren", "a.PNG"), join("wren", "b.png")]);
    expect(unreadable).toEqual([]);
    const pixel = (image: number) => [...set.images.subarray(image * 72, image * 72 + 3)];
    expect([pixel(0), pixel(1), pixel(2)]).toEqual([
      [90, 90, 90],
      [0, 0, 255],
      [200, 100, 50],
    ]);
    expect(provenance).toMatchObject({ source: `folder ${folder}`, isSubset: false });
  });
  test("grey: one channel, a neutral grey keeps its value", async () => {
    const folder = await folderOf({ "a/1.png": await png([120, 120, 120]) });
    const { set } = await loadImageFolder(folder, { ...SIZE, channels: 1 });
    expect(set.shape).toEqual([1, 4, 6, 1]);
    expect(new Set(set.images)).toEqual(new Set([120]));
  });
  test("fit contain: a wide picture gets white above and below", async () => {
    const folder = await folderOf({ "a/1.png": await solid(2, 4, [10, 20, 30]).png().toBuffer() });
    const { set } = await loadImageFolder(folder, { height: 8, width: 8, fit: "contain" });
    expect([...set.images.subarray(0, 3)]).toEqual([255, 255, 255]);
    const middle = (4 * 8 + 4) * 3;
    expect([...set.images.subarray(middle, middle + 3)]).toEqual([10, 20, 30]);
  });
  test("a limit decodes only what it keeps, the classes in proportion", async () => {
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 6; i++) files[`a/${i}.png`] = await png([i, 0, 0]);
    for (let i = 0; i < 3; i++) files[`b/${i}.png`] = await png([0, i, 0]);
    const { set } = await loadImageFolder(await folderOf(files), { ...SIZE, limit: 3 });
    expect([...set.labels]).toEqual([0, 0, 1]);
  });
  test("more than 256 classes", async () => {
    const one = await png([1, 2, 3]);
    const names = Array.from({ length: 257 }, (_, i) => `class ${String(i).padStart(3, "0")}`);
    const { set } = await loadImageFolder(await folderOf(Object.fromEntries(names.map((n) => [`${n}/1.png`, one]))), {
      height: 1,
      width: 1,
    });
    expect(set.labels[256]).toBe(256);
  });
});

describe("loadImageFolder on bad folders", () => {
  const truncated = async () => {
    const whole = await solid(300, 300, [9, 99, 199]).jpeg().toBuffer();
    return whole.subarray(0, whole.length / 2);
  };
  test("unreadable pictures are named", async () => {
    const folder = await folderOf({
      "a/good.png": await png([1, 1, 1]),
      "a/cut.jpg": await truncated(),
      "b/page.png": "<html>",
    });
    const loading = loadImageFolder(folder, SIZE);
    await expect(loading).rejects.toThrow(UserError);
    await expect(loading).rejects.toThrow(/cannot decode a.cut\.jpg \(.+\), b.page\.png \(.+\)/);
  });
  test("only the first five of many", async () => {
    const names = Array.from({ length: 7 }, (_, i) => [`a/${i}.png`, "no"]);
    await expect(loadImageFolder(await folderOf(Object.fromEntries(names)), SIZE)).rejects.toThrow(
      "and 2 more (cut short",
    );
  });
  test("or left out, if asked", async () => {
    const folder = await folderOf({
      "a/1.png": "no",
      "a/2.png": await png([7, 8, 9]),
      "b/1.png": await png([1, 1, 1]),
    });
    const { set, files, unreadable } = await loadImageFolder(folder, { ...SIZE, unreadable: "skip" });
    expect(files).toEqual([join("a", "2.png"), join("b", "1.png")]);
    expect([...set.labels]).toEqual([0, 1]);
    expect([...set.images.subarray(0, 3)]).toEqual([7, 8, 9]);
    expect(set.images.length).toBe(2 * 4 * 6 * 3);
    expect(unreadable.length).toBe(1);
    expect(unreadable[0]).toContain(join("a", "1.png"));
  });
  test("no such folder", async () =>
    expect(loadImageFolder("/no/such/folder", SIZE)).rejects.toThrow(
      "/no/such/folder: expected a folder, cannot read it (ENOENT)",
    ));
  test("pictures without class folders", async () => {
    const folder = await folderOf({ "1.png": await png([1, 1, 1]) });
    await expect(loadImageFolder(folder, SIZE)).rejects.toThrow("expected one folder for each class, received none");
  });
  test("a class without pictures", async () => {
    const folder = await folderOf({ "a/1.png": await png([1, 1, 1]), "b/1.txt": "" });
    await expect(loadImageFolder(folder, SIZE)).rejects.toThrow(`${join(folder, "b")}: expected pictures`);
  });
});

describe("decodeImage", () => {
  test("turns a picture as its EXIF data say", async () => {
    const leftRed = await sharp(Buffer.of(255, 0, 0, 0, 0, 255), { raw: { height: 1, width: 2, channels: 3 } })
      .withMetadata({ orientation: 6 }) // the camera was turned: rotate by 90° clockwise
      .png()
      .toBuffer();
    const { pixels, height, width } = await decodeImage(leftRed, { channels: 3 });
    expect([height, width]).toEqual([2, 1]);
    expect([...pixels]).toEqual([255, 0, 0, 0, 0, 255]);
  });
  test("transparency becomes white", async () => {
    const clear = await sharp({
      create: { height: 1, width: 1, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect([...(await decodeImage(clear, { channels: 3 })).pixels]).toEqual([255, 255, 255]);
  });
});

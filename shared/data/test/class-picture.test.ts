import { UserError } from "@course/core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { loadDigits, readClassPicture } from "../src/index.ts";
import { drawing } from "./support/drawing.ts";

const digits = { dataset: "digits", height: 28, width: 28, channels: 1 } as const;
const pixelsOf = async (picture: Uint8Array, options: Parameters<typeof readClassPicture>[1] = digits) =>
  (await readClassPicture(picture, options)).pixels;

/** First and last row and column with ink, and the strongest ink, of an image of 28×28. */
function extent(image: Uint8Array) {
  const inked = Array.from(image.keys()).filter((i) => image[i]! > 64);
  const rows = inked.map((i) => Math.floor(i / 28));
  const columns = inked.map((i) => i % 28);
  return [Math.min(...rows), Math.max(...rows), Math.min(...columns), Math.max(...columns), Math.max(...image)];
}

describe("as digits and clothes are", () => {
  test("white on black, the longer side 20 pixels, in the middle of 28×28; the changes are said", async () => {
    // 100 × 50 → 20 × 10, its middle (9.5, 4.5) moved by 14 − 9.5 and 14 − 4.5, each rounded up
    const picture = await drawing({ top: 10, left: 200, height: 100, width: 50 });
    const { pixels, changes } = await readClassPicture(picture, digits);
    expect(pixels).toHaveLength(784);
    expect(extent(pixels)).toEqual([5, 24, 10, 19, 255]);
    expect(pixels[0]).toBe(0);
    expect(changes).toEqual([
      "cropped to what is drawn, 20 pixels long in the middle of 28×28",
      "dark on light to light on dark",
    ]);
  });
  test("light on dark gives the same, and so does weak ink", async () => {
    const ink = { top: 30, left: 20, height: 60, width: 120 };
    const image = await pixelsOf(await drawing(ink));
    const light = await readClassPicture(await drawing(ink, { paper: "black", pen: "white" }), digits);
    expect(light.pixels).toEqual(image);
    expect(light.changes).toHaveLength(1);
    expect(await pixelsOf(await drawing(ink, { paper: "#c8c8c8", pen: "#a0a0a0" }))).toEqual(image);
  });
  test("clothes fill the image", async () => {
    const picture = await drawing({ top: 30, left: 20, height: 70, width: 140 });
    expect(extent(await pixelsOf(picture, { ...digits, dataset: "fashion-mnist" }))).toEqual([7, 20, 0, 27, 255]);
  });
  test("in an image of another size as much of it: 20 of 28 are 40 of 56", async () => {
    const picture = await drawing({ top: 30, left: 20, height: 100, width: 140 });
    const image = await pixelsOf(picture, { ...digits, height: 56, width: 70 });
    expect(image).toHaveLength(56 * 70);
    const inked = Array.from(image.keys()).filter((i) => image[i]! > 64);
    const columns = inked.map((i) => i % 70);
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([16, 55]); // mean 19.5, moved by 35 − 19.5, rounded up
  });
  test("a digit is centred by its mass: a heavy foot pulls it up", async () => {
    const bar = await drawing({ top: 20, left: 150, height: 100, width: 10 });
    const foot = { create: { height: 20, width: 60, channels: 3 as const, background: "black" } };
    const footed = await sharp(bar)
      .composite([{ input: foot, top: 100, left: 125 }])
      .png()
      .toBuffer();
    const [top, bottom] = extent(await pixelsOf(footed)) as [number, number];
    expect(top).toBeLessThan(5);
    expect(bottom - top).toBeCloseTo(19, -0.5);
  });
  test("digits of the data set stay as they are, but for a pixel or two", async () => {
    const { test: set } = await loadDigits({ limit: 60, offline: true });
    const changes: number[] = [];
    for (let i = 0; i < 60; i++) {
      const original = set.images.subarray(784 * i, 784 * (i + 1));
      const png = await sharp(original, { raw: { height: 28, width: 28, channels: 1 } })
        .png()
        .toBuffer();
      const image = await pixelsOf(png);
      changes.push(image.reduce((sum, value, p) => sum + Math.abs(value - original[p]!), 0) / 784);
    }
    const typical = changes.sort((a, b) => a - b)[30]!;
    expect(typical).toBeLessThan(3); // of 255 levels; the mean level of these images is about 33
  });
  test("an empty sheet and a file that is no picture are a user's mistake", async () => {
    const empty = sharp({ create: { height: 9, width: 9, channels: 3, background: "white" } });
    await expect(pixelsOf(await empty.png().toBuffer())).rejects.toThrow("received one colour");
    await expect(pixelsOf(Buffer.from("text"))).rejects.toThrow(UserError);
    await expect(pixelsOf(Buffer.from("text"))).rejects.toThrow("picture: expected a picture (");
  });
});

describe("as the pictures of a folder are", () => {
  const folder = { dataset: "folder", height: 16, width: 20, channels: 3 } as const;
  test("one that fits stays as it is", async () => {
    const picture = await drawing(
      { top: 3, left: 4, height: 10, width: 10 },
      { height: 16, width: 20, pen: "#ff0000" },
    );
    const { pixels, changes } = await readClassPicture(picture, folder);
    expect(changes).toEqual([]);
    expect([...pixels.subarray(0, 3)]).toEqual([250, 250, 250]);
    expect([...pixels.subarray((3 * 20 + 4) * 3, (3 * 20 + 4) * 3 + 3)]).toEqual([255, 0, 0]);
  });
  test("the size is filled, what is too long cut off, and it is said", async () => {
    // 64 × 96 → 16 × 24: two columns are cut off on either side; the bar's 16 … 80 become 4 … 20, and then 2 … 18
    const bars = await drawing({ top: 0, left: 16, height: 64, width: 64 }, { height: 64, width: 96 });
    const { pixels, changes } = await readClassPicture(bars, { ...folder, channels: 1 });
    expect(pixels).toHaveLength(16 * 20);
    const dark = Array.from(pixels.subarray(8 * 20, 9 * 20).keys()).filter((x) => pixels[8 * 20 + x]! < 128);
    expect([dark[0], dark.at(-1)]).toEqual([2, 17]);
    expect(changes).toEqual(["64×96 to 16×20 pixels (height×width)"]);
  });
});

import { UserError } from "@course/core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readScenePicture } from "../src/index.ts";
import { drawing } from "./support/drawing.ts";

const SIZE = [48, 60] as const;
const onBlack = { paper: "black", pen: "white" };

test("a scene as the network knows it stays as it is", async () => {
  const ink = { top: 4, left: 8, height: 10, width: 20 };
  const picture = await drawing(ink, { ...onBlack, height: 48, width: 60 });
  const { seen, shown, ownSize, changes, toOwn, toShown } = await readScenePicture(picture, SIZE);
  expect(changes).toEqual([]);
  expect([seen[4 * 60 + 7], seen[4 * 60 + 8], seen[13 * 60 + 27], seen[14 * 60 + 27]]).toEqual([0, 255, 255, 0]);
  expect(seen.reduce((sum, value) => sum + value, 0)).toBe(200 * 255);
  expect(ownSize).toEqual([48, 60]);
  expect([shown.height, shown.width, shown.pixels.length]).toEqual([48, 60, 3 * 2880]);
  expect(toOwn([3, 4, 5, 6])).toEqual([3, 4, 5, 6]);
  expect(toShown([3, 4, 5, 6])).toEqual([3, 4, 5, 6]);
});

describe("what is changed, and said", () => {
  test("size, proportions, colours and the lighter of the two; boxes find back to its own pixels", async () => {
    // 48 × 120 → 24 × 60, twelve rows of background above and below; columns 8 … 28 become 4 … 14
    const ink = { top: 4, left: 8, height: 10, width: 20 };
    const wide = await drawing(ink, { height: 48, width: 120, paper: "white", pen: "red" });
    const { seen, changes, toOwn, ownSize } = await readScenePicture(wide, SIZE);
    expect(changes).toEqual([
      "48×120 to 24×60 pixels (height×width)",
      "background around it to 48×60",
      "colour to grey",
      "dark on light to light on dark",
    ]);
    expect(ownSize).toEqual([48, 120]);
    expect(seen[0]).toBe(0);
    expect(seen[(12 + 4) * 60 + 9]).toBeGreaterThan(250);
    expect(toOwn([4, 14, 14, 19])).toEqual([8, 4, 28, 14]);
    expect(toOwn([-4, 0, 70, 48])).toEqual([0, 0, 120, 48]);
  });
  test("a narrow one gets background beside it, of its own shade", async () => {
    const ink = { top: 20, left: 10, height: 30, width: 20 };
    const tall = await drawing(ink, { height: 96, width: 48, paper: "#202020", pen: "white" });
    const { seen, changes, toOwn } = await readScenePicture(tall, SIZE); // 48 × 24, 18 pixels on either side
    expect(changes).toEqual(["96×48 to 48×24 pixels (height×width)", "background around it to 48×60"]);
    expect([seen[0], seen[17], seen[18], seen[59]]).toEqual([0x20, 0x20, 0x20, 0x20]);
    expect(toOwn([10, 12, 30, 28])).toEqual([0, 24, 24, 56]); // (10 − 18) · 2 is cut off; (30 − 18) · 2; 12 · 2, 28 · 2
  });
  test("a faint drawing is stretched, but an almost empty sheet stays faint", async () => {
    const ink = { top: 4, left: 8, height: 10, width: 20 };
    const read = async (paper: string, pen: string) =>
      readScenePicture(await drawing(ink, { height: 48, width: 60, paper, pen }), SIZE);
    const [faint, dim, empty] = [
      await read("#b0b0b0", "#606060"),
      await read("black", "#404040"),
      await read("#fafafa", "#f6f6f6"),
    ];
    const levels = ({ seen }: typeof faint) => [seen[0], seen[4 * 60 + 8]];
    expect(levels(faint)).toEqual([0, 255]); // 80 levels
    expect(levels(dim)).toEqual([0, 255]); // 64 levels
    expect(levels(empty)).toEqual([0, 16]); // 4 of 64 levels
    expect(faint.changes).toEqual(["dark on light to light on dark", "faint to full contrast"]);
    expect(dim.changes).toEqual(["faint to full contrast"]);
  });
});

test("a photo is shown at most 1024 pixels long, and upright", async () => {
  const picture = await drawing(
    { top: 0, left: 0, height: 600, width: 300 },
    { ...onBlack, height: 1200, width: 1536 },
  );
  const turned = await sharp(picture).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer(); // a quarter to the right
  const { seen, shown, ownSize, toOwn, toShown } = await readScenePicture(turned, SIZE);
  expect(ownSize).toEqual([1536, 1200]);
  expect([shown.height, shown.width]).toEqual([1024, 800]);
  // 48 × 37.5 → 48 × 38, 11 pixels of background on either side; the rectangle is now at the upper right
  expect([seen[11], seen[48]]).toEqual([0, 255]);
  expect(toOwn([11, 0, 30, 48])).toEqual([0, 0, 600, 1536]);
  expect(toShown([11, 0, 30, 48])).toEqual([0, 0, 400, 1024]);
});

test.each([
  ["no picture", () => Buffer.from("text"), "picture: expected a picture ("],
  ["one colour", () => drawing({ top: 0, left: 0, height: 1, width: 1 }, { paper: "red", pen: "red" }), "one colour"],
  [
    "cut short",
    async () => (await drawing({ top: 0, left: 0, height: 9, width: 9 })).subarray(0, -40),
    "picture: expected a picture (",
  ],
])("%s is a user's mistake", async (_, make, message) => {
  const picture = await make();
  await expect(readScenePicture(picture, SIZE)).rejects.toThrow(message);
  await expect(readScenePicture(picture, SIZE)).rejects.toThrow(UserError);
});

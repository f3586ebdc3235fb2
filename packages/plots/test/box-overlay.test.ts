import { describe, expect, test } from "vitest";
import type { DrawnBox } from "../src/boxes.ts";
import { boxOverlay } from "../src/index.ts";
import { draw, pictureOrigin } from "./pixels.ts";
import { drawnTexts } from "./svg-texts.ts";

const [TRUE, PREDICTED, GROUND] = ["#009e73", "#d55e00", "#c8c8c8"];
const SCALE = 10;

/** A grey scene of 8 rows and 12 columns, each pixel 10 px large. */
const scene = (boxes: readonly DrawnBox[]) =>
  boxOverlay({
    title: "t",
    pixels: new Uint8Array(96).fill(200),
    height: 8,
    width: 12,
    channels: 1,
    scale: SCALE,
    boxes,
  });

/** Pixel of the figure at this place of the drawn picture. */
async function colours(boxes: readonly DrawnBox[]) {
  const svg = await scene(boxes);
  const [pixels, origin] = [await draw(svg), pictureOrigin(svg)];
  return (x: number, y: number) => pixels.at(origin.x + x, origin.y + y);
}

describe("a box on the pixels' edges", () => {
  // [xMin 2, yMin 1, xMax 9, yMax 6]: edges at 20 and 90 px across, 10 and 60 px down
  test("each line is 2 px wide and its middle is exactly on the edge", async () => {
    const at = await colours([{ box: [2, 1, 9, 6], kind: "true" }]);
    for (const edge of [20, 90]) {
      expect(
        [edge - 1, edge].map((x) => at(x, 35)),
        `across ${edge}`,
      ).toEqual([TRUE, TRUE]);
      expect(
        [edge - 3, edge + 2].map((x) => at(x, 35)),
        `beside ${edge}`,
      ).toEqual([GROUND, GROUND]);
      for (const casing of [edge - 2, edge + 1]) expect([TRUE, GROUND]).not.toContain(at(casing, 35));
    }
    for (const edge of [10, 60]) {
      expect(
        [edge - 1, edge].map((y) => at(55, y)),
        `down ${edge}`,
      ).toEqual([TRUE, TRUE]);
      expect(
        [edge - 3, edge + 2].map((y) => at(55, y)),
        `beside ${edge}`,
      ).toEqual([GROUND, GROUND]);
    }
  });

  test("corners are where the edges meet, and nothing is drawn beyond", async () => {
    const at = await colours([{ box: [2, 1, 9, 6], kind: "true" }]);
    for (const [x, y] of [
      [20, 10],
      [89, 10],
      [20, 59],
      [89, 59],
    ] as const)
      expect(at(x, y)).toBe(TRUE);
    for (const [x, y] of [
      [17, 7],
      [92, 7],
      [17, 62],
      [92, 62],
    ] as const)
      expect(at(x, y)).toBe(GROUND);
  });

  test("a box around the whole picture keeps all of its line", async () => {
    const at = await colours([{ box: [0, 0, 12, 8], kind: "true" }]);
    expect([at(-1, 40), at(0, 40), at(119, 40), at(120, 40)]).toEqual([TRUE, TRUE, TRUE, TRUE]);
    expect([at(60, -1), at(60, 0), at(60, 79), at(60, 80)]).toEqual([TRUE, TRUE, TRUE, TRUE]);
  });

  test("a predicted box has gaps in another colour, which show a true box below", async () => {
    const along = async (boxes: readonly DrawnBox[]) => {
      const at = await colours(boxes);
      return Array.from({ length: 50 }, (_, i) => at(30 + i, 10));
    };
    const predicted = { box: [2, 1, 9, 6], kind: "predicted" } as const;
    const alone = await along([predicted]);
    expect(alone).toContain(PREDICTED);
    expect(alone.some((colour) => colour !== PREDICTED)).toBe(true);
    const both = await along([predicted, { box: [2, 1, 9, 6], kind: "true" }]);
    expect(new Set(both)).toContain(TRUE);
    expect(new Set(both)).toContain(PREDICTED);
  });

  test("what leaves the picture is cut off", async () => {
    const at = await colours([{ box: [6, 4, 20, 30], kind: "true" }]);
    expect(at(110, 40)).toBe(TRUE);
    expect(at(125, 40)).toBe("#ffffff");
  });

  test("corners between pixels are drawn there", async () => {
    const at = await colours([{ box: [2.5, 1, 9, 6], kind: "true" }]);
    expect([at(24, 35), at(25, 35)]).toEqual([TRUE, TRUE]);
    expect(at(20, 35)).toBe(GROUND);
  });
});

test("labels are drawn, with a legend of the kinds that occur", async () => {
  const texts = drawnTexts(await scene([{ box: [2, 3, 9, 6], kind: "predicted", label: "7 <&" }])).map(
    ({ text }) => text,
  );
  expect(texts).toEqual(["t", "7 <&", "predicted"]);
  const two = { box: [0, 0, 2, 2], kind: "true" } as const;
  expect(await scene([two, two])).toContain("<desc>1 image, 2 true boxes, 0 predicted boxes</desc>");
});

test.each<[string, readonly number[]]>([
  ["out of order", [5, 5, 2, 2]],
  ["not finite", [0, 0, Number.NaN, 2]],
])("a box that is %s names the likely mistake", async (_, corners) => {
  const box = corners as unknown as DrawnBox["box"];
  await expect(scene([{ box, kind: "predicted" }])).rejects.toThrow(
    `boxOverlay box 0: expected [xMin, yMin, xMax, yMax] with min ≤ max, received [${corners.join(", ")}] (is it [x, y, width, height]?)`,
  );
});

import { imageGrid, svgToPng } from "@course/plots";
import { useBackend } from "@course/tf";
import sharp from "sharp";
import { expect, test } from "vitest";
import { drawScene } from "../report/figures.ts";
import { judge } from "../src/evaluate.ts";
import { blankScenes, constantModel } from "./cases.ts";

await useBackend();

const SCALE = 8;
const COLOURS = { grey: [128, 128, 128], true: [0, 158, 115], predicted: [213, 94, 0] } as const;

/** Left, top, right and bottom of the pixels of one colour in a PNG. */
async function extent(png: Uint8Array, colour: keyof typeof COLOURS) {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [xs, ys] = [[] as number[], [] as number[]];
  for (let i = 0; i < info.width * (info.height - 40); i++) {
    // the legend, in the same colours, is below
    if (COLOURS[colour].some((level, channel) => data[3 * i + channel] !== level)) continue;
    xs.push(i % info.width);
    ys.push(Math.floor(i / info.width));
  }
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
}

/** The gallery of one scene with a grey object on [10, 12, 30, 28], without captions and tags that hide its edges. */
async function gallery(predicted: readonly [number, number, number, number], hasObject: number) {
  const scenes = blankScenes([{ box: [10, 12, 30, 28], label: 7 }]);
  for (let y = 12; y < 28; y++) scenes.images.fill(128, y * 60 + 10, y * 60 + 30);
  const model = constantModel(hasObject, predicted, 7);
  const drawn = drawScene(judge(model, scenes, false), 0);
  model.dispose();
  const boxes = drawn.boxes?.map(({ box, kind }) => ({ box, kind }));
  const { caption, tone, ...image } = drawn;
  const svg = await imageGrid({ title: "one", images: [{ ...image, boxes: boxes ?? [] }], scale: SCALE });
  return { caption, tone, png: await svgToPng(svg) };
}

test("the true box is drawn on the object's edge, to the pixel", async () => {
  const { png } = await gallery([1, 1, 5, 5], -5);
  const [grey, line] = [await extent(png, "grey"), await extent(png, "true")];
  expect(grey[2]! - grey[0]!).toBe(20 * SCALE - 4); // the line and its dark casing hide 2 px on each side
  expect(grey[3]! - grey[1]!).toBe(16 * SCALE - 4);
  // the line is 2 px wide and lies on the edge: 1 px outside, which is 3 px outside of what is seen of the object
  const outside = line.map((edge, i) => (i < 2 ? grey[i]! - edge : edge - grey[i]!));
  expect(outside).toEqual([3, 3, 3, 3]);
});

test("the predicted box lies where the network's outputs say: 4 pixels to the right of the true one, 8 lower", async () => {
  const { png, caption, tone } = await gallery([34, 36, 44, 44], 5);
  const [line, predicted] = [await extent(png, "true"), await extent(png, "predicted")];
  // the true one ends at (30, 28), drawn to 1 px beyond; the predicted one begins at (34, 36), drawn from 1 px before
  const gap = [predicted[0]! - line[2]!, predicted[1]! - line[3]!];
  expect(gap).toEqual([4 * SCALE - 2, 8 * SCALE - 2]);
  expect(caption).toBe("IoU 0.00");
  expect(tone).toBe("bad");
});

test("a scene is good if class and half of the box are right; an overlooked object has no box", async () => {
  expect((await gallery([10, 12, 30, 27], 5)).tone).toBe("good");
  const scenes = blankScenes([undefined, { box: [0, 0, 9, 9] }]);
  const model = constantModel(-5, [1, 1, 5, 5], 0);
  const judged = judge(model, scenes, false);
  expect(drawScene(judged, 0)).toMatchObject({ boxes: [], tone: "good", caption: "empty, said 0.01" });
  expect(drawScene(judged, 1).boxes).toHaveLength(1);
  expect(drawScene(judged, 1).tone).toBe("bad");
});

import { imageGrid } from "@course/plots";
import { describe, expect, test } from "vitest";
import { drawScene } from "../report/figures.ts";
import { score } from "../report/score.ts";
import { sceneQuality } from "../src/quality.ts";
import { EIGHT, rectangles } from "./cases.ts";

const scenes = rectangles(EIGHT);
const perfect = scenes.objects.map((objects) => objects.map(({ box, label }) => ({ box, label, score: 0.9 })));
const judged = { scenes, detections: perfect, unrounded: perfect, scores: score(perfect, scenes) };
const objects = scenes.objects[3]!;

describe("how well a scene is seen", () => {
  test("5.1 all of it, and nothing in nothing", () => {
    expect(sceneQuality(perfect[3]!, objects)).toBe(1);
    expect(sceneQuality([], [])).toBe(1);
  });
  test("5.1 hand-worked: the worst pair decides", () => {
    // [44, 5, 52, 21] found as [44, 5, 52, 13]: IoU ½
    const found = [{ box: [44, 5, 52, 13] as const, label: 0, score: 0.9 }, perfect[3]![1]!];
    expect(sceneQuality(found, objects)).toBe(0.5);
  });
  test("5.1 overlooked, imagined, or of the wrong class: 0", () => {
    expect(sceneQuality([perfect[3]![0]!], objects)).toBe(0);
    expect(sceneQuality([...perfect[3]!, { box: [0, 0, 5, 5], label: 0, score: 0.6 }], objects)).toBe(0);
    expect(
      sceneQuality(
        perfect[3]!.map((d) => ({ ...d, label: 1 })),
        objects,
      ),
    ).toBe(0);
  });
});

describe("a drawn scene", () => {
  test("no box is off by a pixel: the drawn box encloses the rectangle's own pixels, and no others", () => {
    for (const i of scenes.objects.keys()) {
      const { pixels, width, boxes = [] } = drawScene(judged, i);
      expect(boxes).toHaveLength(2 * scenes.objects[i]!.length);
      const isInside = (x: number, y: number) =>
        boxes.some(({ box: [xMin, yMin, xMax, yMax] }) => x >= xMin && x < xMax && y >= yMin && y < yMax);
      pixels.forEach((value, p) => {
        expect(value > 0).toBe(isInside(p % width, Math.floor(p / width)));
      });
    }
  });
  test("its lines lie on the pixels' edges in the figure: 3 px for each pixel", async () => {
    const svg = await imageGrid({ title: "one", images: [drawScene(judged, 1)], scale: 3 });
    expect(svg).toContain('x="6" y="9" width="36" height="51"'); // [2, 3, 14, 20]
  });
  test("says what is true and found; unsure boxes are left out", () => {
    expect(drawScene(judged, 3)).toMatchObject({ caption: "2 true, 2 found, IoU ≥ 1.00", tone: "good" });
    const unsure = { ...judged, detections: perfect.map((found) => found.map((d) => ({ ...d, score: 0.2 }))) };
    expect(drawScene(unsure, 3)).toMatchObject({ caption: "2 true, 0 found, IoU ≥ 0.00", tone: "bad" });
    expect(drawScene(unsure, 0)).toMatchObject({ caption: "0 true, 0 found", tone: "good" });
  });
});

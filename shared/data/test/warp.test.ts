import { createRandom, UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDigitStage } from "../src/scenes/digit-stage.ts";
import { LOCALIZATION_SCENES, loadSceneSplits, makeScenes } from "../src/scenes/index.ts";
import { drawWarp, type Warp, warpAt } from "../src/scenes/warp.ts";

/** A bar of 28×28 pixels' middle, 4 wide and 20 high: columns 12 to 15, rows 4 to 23. */
function bar() {
  const images = new Uint8Array(784);
  for (let y = 4; y < 24; y++) images.fill(255, y * 28 + 12, y * 28 + 16);
  return { images, shape: [1, 28, 28, 1] as const, labels: Uint8Array.of(0), classes: ["bar"] };
}

/** Rows of three points, [right, down] each. */
const warpOf = (rows: readonly (readonly (readonly [number, number])[])[]): Warp => Float64Array.from(rows.flat(2));
const same = (right: number, down: number) => warpOf([0, 1, 2].map(() => [0, 1, 2].map(() => [right, down] as const)));
const place = { angle: 0, scale: 1, shift: [0.5, 0.5] } as const; // pixels on pixels

describe("a warp", () => {
  const some = drawWarp(3, createRandom(1));
  test("moves a point as was drawn for it, and half-way between two by their mean", () => {
    expect(warpAt(some, 0.5, 1)).toEqual([some[14], some[15]]);
    expect(warpAt(some, 0.25, 0)[0]).toBeCloseTo((some[0]! + some[2]!) / 2, 12);
    expect(warpAt(some, 1, 0.75)[1]).toBeCloseTo((some[11]! + some[17]!) / 2, 12);
  });
  test("moves nothing further than asked, wherever it is", () => {
    const anywhere = fc.double({ min: -2, max: 3, noNaN: true });
    fc.assert(
      fc.property(anywhere, anywhere, fc.integer(), (x, y, seed) => {
        for (const move of warpAt(drawWarp(3, createRandom(seed)), x, y)) expect(Math.abs(move)).toBeLessThanOrEqual(3);
      }),
    );
  });
  test("beyond the image is that of its edge", () => {
    expect(warpAt(some, -1, 2)).toEqual(warpAt(some, 0, 1));
  });
});

describe("a warped digit", () => {
  test("shows at each place what lay beside it: all points to the right, the digit to the left", () => {
    const stage = createDigitStage(bar(), 2, 3);
    const [xMin, yMin, xMax, yMax] = stage.draw(0, place)!;
    expect(stage.draw(0, { ...place, warp: same(2, -3) })).toEqual([xMin - 2, yMin + 3, xMax - 2, yMax + 3]);
    const larger = { ...place, scale: 2 };
    const [left, top, right, bottom] = stage.draw(0, larger)!;
    expect(stage.draw(0, { ...larger, warp: same(1, 0) })).toEqual([left - 2, top, right - 2, bottom]);
  });
  test("slants where upper points move to the left and lower ones to the right", () => {
    // a row at 13.5 + d moves by 2.7 d / 13.5 = 0.2 d, so the bar's first row (d = −9.5) lies 1.9 to the right, its last to the left
    const slant = warpOf([-2.7, 0, 2.7].map((right) => [0, 1, 2].map(() => [right, 0] as const)));
    const stage = createDigitStage(bar(), 1, 3);
    const [xMin, yMin, xMax, yMax] = stage.draw(0, place)!;
    expect(stage.draw(0, { ...place, warp: slant })).toEqual([xMin - 2, yMin, xMax + 2, yMax]);
    const rowOf = (y: number) => Array.from(stage.pixels.subarray(y * stage.side, (y + 1) * stage.side));
    const middle = (values: number[]) =>
      values.reduce((sum, v, x) => sum + v * x, 0) / values.reduce((sum, v) => sum + v, 0);
    expect(middle(rowOf(yMin)) - middle(rowOf(yMax - 1))).toBeCloseTo(3.8, 2);
  });
});

describe("scenes of warped digits", () => {
  const plain = {
    ...{ ...LOCALIZATION_SCENES, rotation: 45, emptyShare: 0 },
    ...{ noise: [0, 0] as const, clutter: { min: 0, max: 0 }, count: 300 },
  };
  test("have boxes that enclose them to the pixel", () => {
    const { images, objects } = makeScenes(bar(), { ...plain, warp: 5 }, createRandom(1));
    objects.forEach(([object], i) => {
      const bright = Array.from({ length: 2880 }, (_, at) => at).filter((at) => images[i * 2880 + at]! > 51);
      const [xs, ys] = [bright.map((at) => at % 60), bright.map((at) => Math.floor(at / 60))];
      expect([Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1]).toEqual(object!.box);
    });
  });
  test.each([-1, 8, Number.NaN])("a warp of %d is refused", (warp) => {
    expect(() => makeScenes(bar(), { ...plain, warp }, createRandom(1))).toThrow(UserError);
  });
  test("are only the training scenes of a run", async () => {
    const source = {
      dataset: "digits",
      plan: LOCALIZATION_SCENES,
      scenes: 20,
      heldOut: 20,
      name: "n",
      seed: "s",
    } as const;
    const [straight, warped] = [await loadSceneSplits(source), await loadSceneSplits({ ...source, trainWarp: 3 })];
    expect(warped.test).toEqual(straight.test);
    expect(warped.validation).toEqual(straight.validation);
    expect(warped.train(1).images).not.toEqual(straight.train(1).images);
    expect(warped.provenance.sha256).not.toBe(straight.provenance.sha256);
  });
});

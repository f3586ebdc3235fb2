import { createRandom, UserError } from "@course/core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { exampleHashes, findLeaks } from "../src/hash/leaks.ts";
import type { ImageSet } from "../src/images/image-set.ts";
import { createDigitStage } from "../src/scenes/digit-stage.ts";
import {
  areOnPixels,
  createSceneMaker,
  DETECTION_SCENES,
  firstScenes,
  gatherScenes,
  keepClasses,
  LOCALIZATION_SCENES,
  loadSceneDigits,
  makeScenes,
  type SceneBox,
  type SceneDigits,
  type SceneOptions,
  scenesHash,
  takeScenes,
  toPixels,
} from "../src/scenes/index.ts";
import { areApart, cellOf } from "../src/scenes/place.ts";
import { golden } from "./support/scenes-golden.ts";

/** Digits of 28×28 that are full rectangles: class 0 is 20 high and 6 wide, class 1 is 10 high and 12 wide. */
function rectangles(): ImageSet {
  const images = new Uint8Array(2 * 784);
  [
    { top: 4, height: 20, left: 11, width: 6 },
    { top: 9, height: 10, left: 8, width: 12 },
  ].forEach(({ top, height, left, width }, i) => {
    for (let y = top; y < top + height; y++) images.fill(255, i * 784 + y * 28 + left, i * 784 + y * 28 + left + width);
  });
  return { images, shape: [2, 28, 28, 1], labels: Uint8Array.of(0, 1), classes: ["tall", "wide"] };
}

const plain: SceneOptions = {
  ...LOCALIZATION_SCENES,
  rotation: 0,
  scale: [1, 1],
  noise: [0, 0],
  clutter: { min: 0, max: 0 },
};
const make = (options: Partial<SceneOptions>, count: number, seed = 1) =>
  makeScenes(rectangles(), { ...plain, ...options, count }, createRandom(seed));

describe("a digit on the stage", () => {
  const set: ImageSet = {
    images: Uint8Array.from(golden.image),
    shape: [1, 9, 7, 1],
    labels: Uint8Array.of(0),
    classes: ["0"],
  };
  test.each(golden.drawn)(
    "is as SciPy draws it: $angle degrees, scale $scale",
    ({ angle, scale, shift, box, pixels }) => {
      const stage = createDigitStage(set, 1.5);
      expect(stage.side).toBe(golden.side);
      expect(stage.draw(0, { angle, scale, shift })).toEqual(box);
      const [left, top, right, bottom] = stage.drawn;
      pixels.forEach((expected, i) => {
        const [x, y] = [i % stage.side, Math.floor(i / stage.side)];
        if (x >= left && x < right && y >= top && y < bottom) expect(stage.pixels[i]).toBeCloseTo(expected, 5);
        else expect(expected).toBe(0); // nothing of it lies outside what was drawn
      });
    },
  );
  test("a quarter turn clockwise swaps the sides", () => {
    // side ⌈28√2⌉ + 6 = 46, its middle 22.5 is that of a pixel's edge, as the digit's 13.5: 9 pixels further
    const stage = createDigitStage(rectangles(), 1);
    expect(stage.draw(0, { angle: 0, scale: 1, shift: [0, 0] })).toEqual([20, 13, 26, 33]);
    expect(stage.draw(0, { angle: 90, scale: 1, shift: [0, 0] })).toEqual([13, 20, 33, 26]);
  });
  test("nothing is visible of what is fainter than 0.2", () => {
    const images = new Uint8Array(784).fill(51); // 51 / 255 = 0.2
    const faint = createDigitStage({ images, shape: [1, 28, 28, 1], labels: Uint8Array.of(0), classes: ["0"] }, 1);
    expect(faint.draw(0, { angle: 0, scale: 1, shift: [0, 0] })).toBeUndefined();
  });
});

describe("whole pixels", () => {
  const at = (...boxes: SceneBox[]) => ({ objects: [boxes.map((box) => ({ box, label: 0, angle: 0, scale: 1 })), []] });
  test("scenes are on pixels where every corner is", () => {
    expect(areOnPixels(at([1, 2, 3, 4], [0, 0, 60, 48]))).toBe(true);
    expect(areOnPixels(at([1, 2, 3, 4], [0, 0, 60, 47.5]))).toBe(false);
  });
  test("hand-worked: each corner goes to the nearest, and no side is lost", () => {
    expect(toPixels([1.4, 1.6, 3.5, 4.49])).toEqual([1, 2, 4, 4]);
    expect(toPixels([5.6, 7.9, 6.4, 8.2])).toEqual([6, 8, 7, 9]);
  });
  test("a box on pixels stays", () => expect(toPixels([3, 0, 17, 48])).toEqual([3, 0, 17, 48]));
});

test("scenes without room for their objects, and digits that nobody sees, are given up", () => {
  const crowded = { scale: [1.7, 1.7], objects: { min: 6, max: 6 }, emptyShare: 0 } as const;
  expect(() => make(crowded, 1)).toThrow("scenes: expected room for 6 objects of scale 1.7 to 1.7 on 48×60 pixels");
  const faint = { ...rectangles(), images: new Uint8Array(2 * 784).fill(51) };
  expect(() => makeScenes(faint, { ...plain, emptyShare: 0, count: 1 }, createRandom(1))).toThrow(UserError);
});

describe("boxes", () => {
  /** The smallest box around the pixels brighter than 0.2. */
  function brightBox(pixels: Uint8Array, width: number) {
    const bright = Array.from(pixels.keys()).filter((i) => pixels[i]! > 51);
    const [xs, ys] = [bright.map((i) => i % width), bright.map((i) => Math.floor(i / width))];
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
  }
  test("enclose the digit to the pixel, at any angle, size and place", () => {
    const scenes = make({ emptyShare: 0, rotation: 45, scale: [0.5, 1.5] }, 300);
    scenes.objects.forEach(([object], i) => {
      expect(brightBox(scenes.images.subarray(i * 2880, (i + 1) * 2880), 60)).toEqual(object!.box);
    });
  });
  test("of an upright rectangle in full size are a pixel larger at most, for the part of a pixel it is moved by", () => {
    const { objects } = make({ emptyShare: 0 }, 100);
    for (const [object] of objects) {
      const [xMin, yMin, xMax, yMax] = object!.box;
      const [width, height] = object!.label === 0 ? [6, 20] : [12, 10];
      expect([0, 1]).toContain(xMax - xMin - width!);
      expect([0, 1]).toContain(yMax - yMin - height!);
    }
  });
  test("clutter keeps off them", () => {
    const scenes = make({ emptyShare: 0, clutter: { min: 4, max: 4 } }, 100);
    const without = make({ emptyShare: 0 }, 1);
    expect(scenes.images.filter((byte) => byte > 51).length / 100).toBeGreaterThan(
      without.images.filter((byte) => byte > 51).length,
    );
    scenes.objects.forEach(([object], i) => {
      const [xMin, yMin, xMax, yMax] = object!.box;
      const at = (x: number, y: number) => scenes.images[i * 2880 + y * 60 + x]!;
      for (let x = xMin; x < xMax; x++)
        for (const y of [yMin - 1, yMax]) if (y >= 0 && y < 48) expect(at(x, y)).toBeLessThan(52);
      for (let y = yMin; y < yMax; y++)
        for (const x of [xMin - 1, xMax]) if (x >= 0 && x < 60) expect(at(x, y)).toBeLessThan(52);
    });
  });
  test("lie inside the image, apart, and one centre to a cell, whatever the seed", () => {
    const options = { ...DETECTION_SCENES, objects: { min: 2, max: 6 } };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const objects of makeScenes(rectangles(), { ...options, count: 4 }, createRandom(seed)).objects) {
          expect(objects.length).toBeGreaterThanOrEqual(2);
          expect(objects.length).toBeLessThanOrEqual(6);
          expect(new Set(objects.map(({ box }) => cellOf(box, options))).size).toBe(objects.length);
          objects.forEach(({ box }, i) => {
            expect(box[0] >= 0 && box[1] >= 0 && box[2] <= 60 && box[3] <= 48).toBe(true);
            for (const other of objects.slice(i + 1)) expect(areApart(box, other.box)).toBe(true);
          });
        }
      }),
      { numRuns: 20 },
    );
  });
  test("a cell is counted by the box's middle, row by row", () => {
    const grid = { height: 48, width: 60, cells: [2, 3] as const };
    expect(cellOf([0, 0, 10, 10], grid)).toBe(0);
    expect(cellOf([35, 10, 45, 20], grid)).toBe(2); // middle 40: the third column begins there
    expect(cellOf([30, 20, 48, 29], grid)).toBe(4); // middle (39, 24.5)
  });
});

describe("draws", () => {
  const scenes = make({ rotation: 45, scale: [0.5, 1.5], noise: [0.03, 0.12] }, 3000);
  const objects = scenes.objects.flat();
  test("a tenth of the scenes is empty, to five standard errors", () =>
    expect(Math.abs(1 - objects.length / 3000 - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / 3000)));
  test.each([
    ["angles", objects.map(({ angle }) => angle), [-45, 45]],
    ["scales", objects.map(({ scale }) => scale), [0.5, 1.5]],
    ["noise", [...scenes.noise], [0.03, 0.12]],
  ] as const)("%s fill their range", (_, values, [low, high]) => {
    const margin = (high - low) / 100;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.fround(low));
    expect(Math.max(...values)).toBeLessThanOrEqual(Math.fround(high));
    expect(Math.min(...values)).toBeLessThan(low + margin);
    expect(Math.max(...values)).toBeGreaterThan(high - margin);
  });
  test("classes and places are drawn evenly", () => {
    const share = objects.filter(({ label }) => label === 0).length / objects.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / objects.length));
    const small = make({ emptyShare: 0, scale: [0.5, 0.5] }, 500).objects.flat();
    for (const [low, high] of [
      [0, 2],
      [1, 3],
    ] as const) {
      expect(Math.min(...small.map(({ box }) => box[low]))).toBe(0);
      expect(Math.max(...small.map(({ box }) => box[high]))).toBe(low === 0 ? 60 : 48);
    }
  });
  test("noise has the standard deviation asked for: the mean of its half above 0 is σ / √(2π)", () => {
    const { images } = make({ emptyShare: 1, noise: [0.1, 0.1] }, 50);
    const mean = images.reduce((sum, byte) => sum + byte, 0) / images.length / 255;
    expect(mean).toBeCloseTo(0.1 / Math.sqrt(2 * Math.PI), 3);
  });
  test("one seed gives one set of scenes, another one another; a maker goes on where it was", () => {
    const hash = (seed: number) => scenesHash({ all: make({ noise: [0.1, 0.1] }, 20, seed) });
    expect(hash(1)).toBe(hash(1));
    expect(hash(1)).not.toBe(hash(2));
    const maker = createSceneMaker(rectangles(), plain);
    const random = createRandom(1);
    expect(scenesHash({ all: maker(5, random) })).not.toBe(scenesHash({ all: maker(5, random) }));
  });
});

describe("digits", () => {
  let digits: SceneDigits;
  beforeAll(async () => {
    digits = await loadSceneDigits({ offline: true });
  });
  test("no digit is in two splits", () => {
    const { train, validation, test: held } = digits;
    expect([train, validation, held].map(({ shape }) => shape[0])).toEqual([7201, 799, 2000]);
    expect(findLeaks(train, validation)).toBe(0);
    expect(findLeaks(train, held)).toBe(0);
    expect(findLeaks(validation, held)).toBe(0);
    expect(new Set([train, validation, held].flatMap(exampleHashes)).size).toBe(10_000);
  });
  test("two classes only, labelled in the order asked for", async () => {
    const { train, provenance } = await loadSceneDigits({ offline: true, classes: [7, 1] });
    expect(train.classes).toEqual(["7", "1"]);
    expect(train.labels.every((label) => label < 2)).toBe(true);
    const sevens = digits.train.labels.filter((label) => label === 7).length;
    expect(train.labels.filter((label) => label === 0)).toHaveLength(sevens);
    expect(provenance.sha256).not.toBe(digits.provenance.sha256);
  });
  test.each([[[]], [[1, 1]], [[10]], [[0.5]]])("classes %j are a user's mistake", (classes) =>
    expect(() => keepClasses(rectangles(), classes)).toThrow(UserError),
  );
});

describe("options that cannot be met", () => {
  test.each([
    [{ scale: [1, 2] }, "scenes scale (above 0, and so that a digit fits into the image): expected 0.1 to 1.71"],
    [{ scale: [1.2, 0.5] }, "the least first, received 1.2 to 0.5"],
    [{ rotation: -5 }, "scenes rotation (degrees): expected 0 to 180, the least first, received -5"],
    [{ emptyShare: 10 }, "scenes emptyShare: expected 0 to 1"],
    [{ noise: [0, 30] }, "scenes noise (of brightness in [0, 1]): expected 0 to 1"],
    [{ objects: { min: 0, max: 7 }, cells: [2, 3] }, "scenes: expected at most 6 objects, received 7"],
    [{ height: 8 }, "scenes: expected at least 16×16 pixels, received 8×60"],
  ] as [Partial<SceneOptions>, string][])("%j", (options, message) => expect(() => make(options, 1)).toThrow(message));
  test("colour", () => {
    const colour: ImageSet = {
      images: new Uint8Array(2352),
      shape: [1, 28, 28, 3],
      labels: Uint8Array.of(0),
      classes: ["0"],
    };
    expect(() => createSceneMaker(colour, plain)).toThrow(
      "expected grey digits [count, height, width, 1], received [1, 28, 28, 3]",
    );
  });
});

describe("a set of scenes", () => {
  const scenes = make({ noise: [0.1, 0.1] }, 4);
  test("gathers batches as floats", () => {
    const x = gatherScenes(scenes, [3, 0]);
    expect(x).toHaveLength(2 * 2880);
    expect(x[0]).toBeCloseTo(scenes.images[3 * 2880]! / 255, 6);
    expect(x[2880 + 7]).toBeCloseTo(scenes.images[7]! / 255, 6);
    expect(gatherScenes(scenes, [])).toHaveLength(0);
  });
  test("takes scenes with all that belongs to them", () => {
    const taken = takeScenes(scenes, [2, 2]);
    expect(taken.shape).toEqual([2, 48, 60, 1]);
    expect(taken.objects).toEqual([scenes.objects[2], scenes.objects[2]]);
    expect(taken.images.subarray(2880)).toEqual(scenes.images.subarray(2 * 2880, 3 * 2880));
    expect([...taken.noise]).toEqual([scenes.noise[2], scenes.noise[2]]);
  });
  test("the first scenes begin with one that has an object", () => {
    const emptyFirst = takeScenes({ ...scenes, objects: [[], [], ...scenes.objects.slice(2)] }, [0, 1, 2, 3]);
    expect(firstScenes(emptyFirst, 1).objects).toEqual([scenes.objects[2]]);
    expect(firstScenes(emptyFirst, 9).shape[0]).toBe(2);
    expect(firstScenes(scenes, 3).images).toEqual(scenes.images.subarray(0, 3 * 2880));
  });
  test("an index outside is named", () => {
    expect(() => gatherScenes(scenes, [4])).toThrow("scenes: expected an index from 0 to 3, received 4");
    expect(() => takeScenes(scenes, [-1])).toThrow(RangeError);
  });
  test("the hash sees pixels, boxes, labels and the split's name", () => {
    const hash = scenesHash({ train: scenes });
    const [object] = scenes.objects.flat();
    const changed = (changes: object) =>
      scenes.objects.map((list) => list.map((one) => (one === object ? { ...one, ...changes } : one)));
    expect(scenesHash({ test: scenes })).not.toBe(hash);
    expect(scenesHash({ train: { ...scenes, images: scenes.images.map((byte) => 255 - byte) } })).not.toBe(hash);
    expect(scenesHash({ train: { ...scenes, objects: changed({ label: 5 }) } })).not.toBe(hash);
    expect(scenesHash({ train: { ...scenes, objects: changed({ box: [0, 0, 1, 1] }) } })).not.toBe(hash);
  });
});

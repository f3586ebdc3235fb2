import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { augment, type Change, drawChange, erase, inverseMap, type Size } from "../src/augment.ts";

await useBackend();

const still: Change = { isMirrored: false, scale: 1, angle: 0, right: 0, down: 0 };
const ranges = { degrees: 20, enlarged: 0.25, pixels: 3, mirrored: 0.3, erased: 0 };

describe("draws", () => {
  const random = createRandom(1);
  const draw = () => Array.from({ length: 3000 }, () => drawChange(ranges, random));

  test("5.1 angles in radians fill ±20 degrees", () => {
    const angles = draw().map(({ angle }) => (angle * 180) / Math.PI);
    expect(Math.max(...angles)).toBeLessThanOrEqual(20);
    expect(Math.min(...angles)).toBeGreaterThanOrEqual(-20);
    expect(Math.max(...angles)).toBeGreaterThan(19);
    expect(Math.min(...angles)).toBeLessThan(-19);
  });
  test("5.1 scales fill 0.75 to 1.25", () => {
    const scales = draw().map(({ scale }) => scale);
    expect(Math.max(...scales)).toBeLessThanOrEqual(1.25);
    expect(Math.min(...scales)).toBeGreaterThanOrEqual(0.75);
    expect(Math.max(...scales)).toBeGreaterThan(1.24);
    expect(Math.min(...scales)).toBeLessThan(0.76);
  });
  test("5.1 moves are whole pixels, −3 to 3 with both ends, each axis by itself", () => {
    const changes = draw();
    expect(new Set(changes.map(({ right }) => right))).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3]));
    expect(new Set(changes.map(({ down }) => down))).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3]));
    expect(changes.some(({ right, down }) => right !== down)).toBe(true);
  });
  test("5.1 about the asked share is mirrored", () => {
    const share = draw().filter(({ isMirrored }) => isMirrored).length / 3000;
    expect(Math.abs(share - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / 3000)); // five standard errors
  });
  test("5.1 nothing is drawn where the range is nothing, and one seed draws one way", () => {
    const none = { degrees: 0, enlarged: 0, pixels: 0, mirrored: 0, erased: 0 };
    const { angle, right, down, ...rest } = drawChange(none, random);
    expect(rest).toEqual({ isMirrored: false, scale: 1 });
    expect([Math.abs(angle), Math.abs(right), Math.abs(down)]).toEqual([0, 0, 0]);
    expect(drawChange(ranges, createRandom(4))).toEqual(drawChange(ranges, createRandom(4)));
  });
});

/** The 3×3 image 1 2 3 / 4 5 6 / 7 8 9, changed. */
function changed(change: Partial<Change>): number[] {
  return tf.tidy(() => {
    const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const map = tf.tensor2d([inverseMap({ ...still, ...change }, [3, 3, 1])]);
    return Array.from(tf.image.transform(image, map, "bilinear", "nearest").dataSync(), (v) => Number(v.toFixed(5)));
  });
}

describe("map of a changed image", () => {
  test("5.2 hand-worked: nothing, moves, mirror", () => {
    expect(changed({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(changed({ right: 1 })).toEqual([1, 1, 2, 4, 4, 5, 7, 7, 8]);
    expect(changed({ down: 1 })).toEqual([1, 2, 3, 1, 2, 3, 4, 5, 6]);
    expect(changed({ isMirrored: true })).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
  });
  test("5.2 hand-worked: a quarter turn clockwise about the middle", () =>
    expect(changed({ angle: Math.PI / 2 })).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3]));
  test("5.2 hand-worked: twice as large about the middle, between the pixels their mean", () =>
    expect(changed({ scale: 2 })).toEqual([3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7]));
  test("5.2 mirrors first and moves last", () =>
    expect(changed({ isMirrored: true, right: 1 })).toEqual([3, 3, 2, 6, 6, 5, 9, 9, 8]));
  test("5.2 brings every point back to where it came from", () => {
    const change = fc.record({
      isMirrored: fc.boolean(),
      scale: fc.double({ min: 0.5, max: 2, noNaN: true }),
      angle: fc.double({ min: -3, max: 3, noNaN: true }),
      right: fc.integer({ min: -5, max: 5 }),
      down: fc.integer({ min: -5, max: 5 }),
    });
    const point = fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }));
    fc.assert(
      fc.property(change, point, (c, [x, y]) => {
        const size: Size = [15, 22, 1]; // middle (10.5, 7)
        const [fromX, fromY] = [(c.isMirrored ? 10.5 - x : x - 10.5) * c.scale, (y - 7) * c.scale];
        const toX = fromX * Math.cos(c.angle) - fromY * Math.sin(c.angle) + 10.5 + c.right;
        const toY = fromX * Math.sin(c.angle) + fromY * Math.cos(c.angle) + 7 + c.down;
        const [a0, a1, a2, b0, b1, b2] = inverseMap(c, size) as [number, number, number, number, number, number];
        expect(a0 * toX + a1 * toY + a2).toBeCloseTo(x, 8);
        expect(b0 * toX + b1 * toY + b2).toBeCloseTo(y, 8);
      }),
    );
  });
});

describe("erasing", () => {
  test.each([[9, 14, 1] as const, [8, 5, 3] as const])(
    "5.3 paints one rectangle inside an image of %i×%i×%i",
    (...size) => {
      const [height, width, channels] = size;
      const seen = { rows: new Set<number>(), columns: new Set<number>(), edges: new Set<string>() };
      for (let seed = 0; seed < 400; seed++) {
        const image = new Float32Array(height * width * channels).fill(-1);
        erase(image, size, createRandom(seed));
        const painted = Array.from(image.keys()).filter((i) => image[i] !== -1);
        const pixels = new Set(painted.map((i) => Math.floor(i / channels)));
        const rows = [...pixels].map((pixel) => Math.floor(pixel / width));
        const columns = [...pixels].map((pixel) => pixel % width);
        const [tall, wide] = [rows, columns].map((all) => Math.max(...all) - Math.min(...all) + 1) as [number, number];
        expect(painted).toHaveLength(tall * wide * channels); // a full rectangle, all channels
        expect(new Set(painted.map((i) => image[i])).size).toBe(1);
        expect(image[painted[0]!]).toBeGreaterThanOrEqual(0);
        expect(image[painted[0]!]).toBeLessThan(1);
        seen.rows.add(tall);
        seen.columns.add(wide);
        if (Math.min(...rows) === 0) seen.edges.add("top");
        if (Math.max(...rows) === height - 1) seen.edges.add("bottom");
        if (Math.min(...columns) === 0) seen.edges.add("left");
        if (Math.max(...columns) === width - 1) seen.edges.add("right");
      }
      expect([...seen.rows].sort()).toEqual(Array.from({ length: Math.floor(height / 2) }, (_, i) => i + 1));
      expect([...seen.columns].sort()).toEqual(Array.from({ length: Math.floor(width / 2) }, (_, i) => i + 1));
      expect(seen.edges.size).toBe(4);
    },
  );
});

describe("a batch", () => {
  const size: Size = [7, 9, 3];
  const batch = () => Float32Array.from({ length: 4 * 7 * 9 * 3 }, (_, i) => (i % 100) / 100);
  const run = (kind: "none" | "warp" | "flip", seed = 1) => augment(kind, batch(), size, createRandom(seed));

  test("none leaves the images alone", () => expect([...run("none").dataSync()]).toEqual([...batch()]));
  test.each(["warp", "flip"] as const)(
    "5.1 %s keeps shape and range, follows the seed, and treats images apart",
    (kind) => {
      const [a, b, c] = [run(kind), run(kind), run(kind, 2)];
      expect(a.shape).toEqual([4, 7, 9, 3]);
      expect([...a.dataSync()]).toEqual([...b.dataSync()]);
      expect([...a.dataSync()]).not.toEqual([...c.dataSync()]);
      expect(Math.min(...a.dataSync())).toBeGreaterThanOrEqual(0);
      expect(Math.max(...a.dataSync())).toBeLessThanOrEqual(1);
      const alike = augment(
        kind,
        new Float32Array(6 * 189).map((_, i) => (i % 189) / 189),
        size,
        createRandom(3),
      );
      const images = alike.unstack().map((image) => [...image.dataSync()].join());
      expect(new Set(images).size).toBe(6);
    },
  );
  test("5.1 makes one tensor, the caller's", () => {
    const before = tf.memory().numTensors;
    run("warp").dispose();
    run("flip").dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

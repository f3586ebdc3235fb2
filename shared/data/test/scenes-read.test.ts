import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { afterAll, describe, expect, test } from "vitest";
import { readNpy, readScenes } from "../src/scenes/index.ts";
import { golden } from "./support/scenes-golden.ts";

const folder = mkdtempSync(join(tmpdir(), "scenes-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file of float64 as numpy.save does. */
function writeNpy(name: string, shape: readonly number[], values: readonly number[]): void {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`.padEnd(117);
  const head = Buffer.from(`\x93NUMPY\x01\x00v\x00${header}\n`, "latin1"); // v is 118, the header's length
  writeFileSync(join(folder, name), Buffer.concat([head, Buffer.from(Float64Array.from(values).buffer)]));
}

const write = (name: string, base64: string) => writeFileSync(join(folder, name), Buffer.from(base64, "base64"));

describe(".npy files", () => {
  test.each(Object.entries(golden.arrays))("%s, as numpy.save wrote it", async (name, { base64, shape, values }) => {
    write(name, base64);
    const read = await readNpy(join(folder, name));
    expect(read.shape).toEqual(shape);
    expect(values.map((_, place) => read.at(place))).toEqual(values);
  });
  test.each([
    ["columns first", "expected rows first, received columns first (save numpy.ascontiguousarray(x))"],
    ["float16", "received <f2 (use astype)"],
  ] as const)("%s is refused", async (name, message) => {
    write(name, golden.refused[name].base64);
    await expect(readNpy(join(folder, name))).rejects.toThrow(message);
  });
  test("missing, foreign and cut-off files are a user's mistake", async () => {
    await expect(readNpy(join(folder, "nothing.npy"))).rejects.toThrow("cannot read it (ENOENT)");
    writeFileSync(join(folder, "zip.npy"), "PK and much more");
    await expect(readNpy(join(folder, "zip.npy"))).rejects.toThrow(
      "received something else (a .npz, or a tensor of PyTorch?)",
    );
    write("cut.npy", golden.arrays.float64!.base64.slice(0, 200));
    await expect(readNpy(join(folder, "cut.npy"))).rejects.toThrow(
      "expected 96 bytes for [2, 6], received 22 (cut short?)",
    );
    writeFileSync(join(folder, "head.npy"), "\x93NUMPY\x01\x00\x04\x00{  }", "latin1");
    await expect(readNpy(join(folder, "head.npy"))).rejects.toThrow(UserError);
  });
});

describe("scenes of one's own", () => {
  const pixels = Array.from({ length: 2 * 10 * 20 }, (_, i) => i / 400);
  const set = (labels: readonly (readonly number[])[], shape = [labels.length, labels[0]!.length]) => {
    writeNpy("train-images.npy", [2, 1, 10, 20], pixels);
    writeNpy("train-labels.npy", shape, labels.flat());
    return readScenes(folder, "train");
  };
  const empty = [0, 9, 9, 9, 9, 9]; // nothing after has-object 0 is read

  test("fractions become corners in pixels: centre (10, 5), 4 wide and 6 high", async () => {
    const scenes = await set([[1, 0.5, 0.5, 0.2, 0.6, 7], empty]);
    expect(scenes.shape).toEqual([2, 10, 20, 1]);
    expect(scenes.objects[0]).toEqual([{ box: [8, 2, 12, 8], label: 7, angle: Number.NaN, scale: Number.NaN }]);
    expect(scenes.objects[1]).toEqual([]);
    expect(scenes.classes[7]).toBe("7");
    expect(scenes.images[399]).toBe(Math.round((399 / 400) * 255));
    expect(scenes.noise[0]).toBeNaN();
  });
  test("corners on pixels stay there, whatever float32 fractions make of them", async () => {
    for (let left = 0; left < 20; left++)
      for (let width = 1; left + width <= 20; width++) {
        const fractions = [(left + width / 2) / 20, 0.5, width / 20, 0.6].map(Math.fround);
        const { objects } = await set([[1, ...fractions, 7], empty]);
        expect(objects[0]![0]!.box).toEqual([left, 2, left + width, 8]);
      }
    const { objects } = await set([[1, 0.51, 0.5, 0.2, 0.6, 7], empty]);
    expect(objects[0]![0]!.box[0]).toBeCloseTo(8.2, 9);
  });
  test("one-hot classes and several objects in a scene", async () => {
    const scenes = await set(
      [
        [1, 0.25, 0.5, 0.1, 0.2, 0, 1, 1, 0.75, 0.5, 0.1, 0.2, 1, 0],
        [1, 0.25, 0.5, 0.1, 0.2, 0, 1, ...empty, 0],
      ],
      [2, 2, 7],
    );
    expect(scenes.objects.map((list) => list.map(({ label }) => label))).toEqual([[1, 0], [1]]);
    expect(scenes.classes).toEqual(["0", "1"]);
  });
  test("what leaves the image by a pixel or less is cut off", async () => {
    const { objects } = await set([[1, 0.5, 0.5, 1.08, 1, 0], empty]); // 21.6 of 20 pixels
    expect(objects[0]![0]!.box).toEqual([0, 0, 20, 10]);
  });
  test.each([
    [
      "a box outside",
      [1, 1.5, 0.5, 0.2, 0.2, 1],
      "scene 0: expected a box inside 20×10 pixels, received [28.0, 4.0, 32.0, 6.0]",
    ],
    ["pixels", [1, 10, 5, 4, 6, 1], "(pixels instead of fractions, or corners instead of a centre?)"],
    [
      "swapped corners",
      [1, 0.5, 0.5, -0.2, 0.6, 1],
      "expected a width and height above 0, received -0.2 and 0.6 (corners swapped?)",
    ],
    ["a box beside the image", [1, 1.02, 0.5, 0.04, 0.6, 1], "received one beside it, of which nothing is left"],
    ["no width", [1, 0.5, 0.5, 0, 0.6, 1], "expected a width and height above 0"],
    ["NaN", [1, Number.NaN, 0.5, 0.2, 0.6, 1], "expected a box inside"],
    ["a class of its own", [1, 0.5, 0.5, 0.2, 0.6, 10], "expected a class from 0 to 9, received 10"],
    ["half an object", [0.5, 0.5, 0.5, 0.2, 0.6, 1], "expected has-object 0 or 1, received 0.5"],
    ["two classes", [1, 0.5, 0.5, 0.2, 0.6, 1, 1], "expected one class with 1, the others 0, received 1, 1"],
  ])("%s", async (_, row, message) => expect(set([row, [...empty, 0].slice(0, row.length)])).rejects.toThrow(message));
  test("labels of other images, colour, and brightness out of range", async () => {
    await expect(set([empty])).rejects.toThrow("expected [2, 6 or more] or [2, objects, 6 or more], received [1, 6]");
    writeNpy("train-images.npy", [2, 3, 10, 20], [...pixels, ...pixels, ...pixels]);
    await expect(readScenes(folder, "train")).rejects.toThrow(
      "expected grey images [count, 1, height, width], received [2, 3, 10, 20]",
    );
    writeNpy(
      "train-images.npy",
      [1, 10, 20],
      pixels.slice(0, 200).map((value) => 255 * value),
    );
    await expect(readScenes(folder, "train")).rejects.toThrow(
      /expected brightness in \[0, 1\], received 1\.\d+ \(bytes/,
    );
  });
});

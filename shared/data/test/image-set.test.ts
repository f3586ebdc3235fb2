import { describe, expect, test } from "vitest";
import { assertClassCounts, assertImageSet, countClasses, type ImageSet } from "../src/images/image-set.ts";
import { gatherImages, takeImages } from "../src/images/select.ts";

// Three images of 1×2×2 (height 1, width 2, channels 2).
const SET: ImageSet = {
  images: Uint8Array.of(0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6),
  shape: [3, 1, 2, 2],
  labels: Uint8Array.of(2, 0, 2),
  classes: ["a", "b", "c"],
};

describe("assertImageSet", () => {
  test("accepts a sound set", () => expect(() => assertImageSet("s", SET)).not.toThrow());
  test("pixels that do not fill the shape", () =>
    expect(() => assertImageSet("s", { ...SET, images: new Uint8Array(11) })).toThrow(
      "s images: expected 12 bytes for [3, 1, 2, 2], received 11",
    ));
});

describe("class counts", () => {
  test("counts each class, absent ones too", () => expect([...countClasses(SET.labels, 3)]).toEqual([1, 0, 2]));
  test("accepts the expected counts", () => expect(() => assertClassCounts("s", SET, [1, 0, 2])).not.toThrow());
  test("names the class that differs", () =>
    expect(() => assertClassCounts("s", SET, [1, 1, 1])).toThrow(
      "s labels: expected 1 examples of class b, received 0 (another version of the data?)",
    ));
});

describe("takeImages", () => {
  test("copies in the order of the indices, repeats allowed", () => {
    const taken = takeImages(SET, [2, 0, 2]);
    expect(taken.shape).toEqual([3, 1, 2, 2]);
    expect([...taken.images]).toEqual([3, 4, 5, 6, 0, 51, 102, 153, 3, 4, 5, 6]);
    expect([...taken.labels]).toEqual([2, 2, 2]);
    taken.images[0] = 99;
    expect(SET.images[8]).toBe(3);
  });
  test("no indices", () => expect(takeImages(SET, []).shape).toEqual([0, 1, 2, 2]));
  test("keeps 16-bit labels, and turns a Buffer into plain bytes", () => {
    expect(takeImages({ ...SET, labels: Uint16Array.of(2, 0, 300) }, [2]).labels).toEqual(Uint16Array.of(300));
    expect(takeImages({ ...SET, labels: Buffer.from([2, 0, 1]) }, [2]).labels).toEqual(Uint8Array.of(1));
  });
  test.each([-1, 3, 0.5, Number.NaN])("index %s", (index) =>
    expect(() => takeImages(SET, [index])).toThrow(`expected an index from 0 to 2, received ${index}`),
  );
});

describe("gatherImages", () => {
  test("bytes become fractions", () => {
    const { x, y } = gatherImages(SET, [1, 0]);
    // image 1 is 204, 255, 1, 2; 204/255 = 0.8, 51/255 = 0.2 …
    const expected = [0.8, 1, 1 / 255, 2 / 255, 0, 0.2, 0.4, 0.6].map(Math.fround);
    expect([...x]).toEqual(expected);
    expect([...y]).toEqual([0, 2]);
  });
  test("each of the 256 bytes is the float32 nearest to byte / 255", () => {
    const images = Uint8Array.from({ length: 256 }, (_, i) => i);
    const { x } = gatherImages({ images, shape: [1, 16, 16, 1], labels: Uint8Array.of(0), classes: ["a"] }, [0]);
    expect([...x]).toEqual(Array.from(images, (byte) => Math.fround(byte / 255)));
  });
  test("an index out of range", () => expect(() => gatherImages(SET, [3])).toThrow(RangeError));
});

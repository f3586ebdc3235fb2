import { UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imagesFromIdx, readIdx, writeIdx } from "../src/images/idx.ts";

// Two images of 1×3: magic 00 00 08 03, sizes 2, 1, 3 in four bytes each, then six values.
const IMAGES = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60);
const LABELS = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 0);
const CLASSES = ["a", "b"];

describe("readIdx", () => {
  test("hand-written file", () => {
    const { shape, data } = readIdx("images", IMAGES, 3);
    expect(shape).toEqual([2, 1, 3]);
    expect([...data]).toEqual([10, 20, 30, 40, 50, 60]);
  });
  test("a file inside a larger buffer, as Node reads small files", () => {
    const pool = Buffer.alloc(100);
    pool.set(LABELS, 37);
    const { data } = readIdx("labels", pool.subarray(37, 37 + LABELS.length), 1);
    expect([...data]).toEqual([1, 0]);
    expect(data.constructor).toBe(Uint8Array);
  });
  test("sizes above 255 are big-endian", () => {
    const bytes = new Uint8Array(8 + 0x0102);
    bytes.set([0, 0, 8, 1, 0, 0, 1, 2]);
    expect(readIdx("labels", bytes, 1).shape).toEqual([0x0102]);
  });
  test("gives back what writeIdx wrote, for any shape, empty ones too", () =>
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }), (shape) => {
        const size = shape.reduce((product, n) => product * n, 1);
        const data = Uint8Array.from({ length: size }, (_, i) => (i * 37) & 255);
        const read = readIdx("any", writeIdx({ shape, data }), shape.length);
        expect(read.shape).toEqual(shape);
        expect([...read.data]).toEqual([...data]);
      }),
    ));
  test("writeIdx writes the hand-written file", () =>
    expect([...writeIdx({ shape: [2, 1, 3], data: Uint8Array.of(10, 20, 30, 40, 50, 60) })]).toEqual([...IMAGES]));
  test("writeIdx refuses values that do not fit the shape", () =>
    expect(() => writeIdx({ shape: [2], data: new Uint8Array(3) })).toThrow("expected 2 values for [2], received 3"));
});

describe("readIdx on bad files", () => {
  const fails = (bytes: Uint8Array, message: string) => {
    expect(() => readIdx("f", bytes, 3)).toThrow(UserError);
    expect(() => readIdx("f", bytes, 3)).toThrow(message);
  };
  test("empty", () => fails(new Uint8Array(0), "f: expected an IDX header of 16 bytes, received 0 (cut short?)"));
  test("cut short in the header", () => fails(IMAGES.subarray(0, 15), "received 15 (cut short?)"));
  test("cut short in the values", () =>
    fails(IMAGES.subarray(0, 20), "f: expected 22 bytes for [2, 1, 3], received 20 (cut short?)"));
  test("trailing bytes", () => fails(Uint8Array.of(...IMAGES, 0), "received 23 (trailing bytes: two files in one?)"));
  test("still gzipped", () =>
    fails(
      Uint8Array.of(0x1f, 0x8b, 8, 0, ...IMAGES),
      "expected IDX magic number 0x00000803, received 0x1f8b0800 (still gzipped?)",
    ));
  test("an HTML page", () => fails(new TextEncoder().encode("<!DOCTYPE html><html></html>"), "(an HTML or XML page?)"));
  test("labels where images should be", () =>
    fails(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 8, ...new Uint8Array(8)), "(1 dimensions: images and labels swapped?)"));
  test("floats", () =>
    fails(
      Uint8Array.of(0, 0, 13, 3, ...new Uint8Array(12)),
      "received 0x00000d03 (not an IDX file of unsigned bytes?)",
    ));
});

describe("imagesFromIdx", () => {
  test("joins images and labels, with a channel axis", () => {
    const set = imagesFromIdx("tiny", { images: IMAGES, labels: LABELS }, CLASSES);
    expect(set.shape).toEqual([2, 1, 3, 1]);
    expect([...set.labels]).toEqual([1, 0]);
  });
  test("counts that differ", () => {
    const labels = writeIdx({ shape: [1], data: Uint8Array.of(1) });
    expect(() => imagesFromIdx("tiny", { images: IMAGES, labels }, CLASSES)).toThrow(
      "tiny labels: expected [count=2], received [1] (train images with test labels?)",
    );
  });
  test("a label out of range", () => {
    const labels = writeIdx({ shape: [2], data: Uint8Array.of(1, 2) });
    expect(() => imagesFromIdx("tiny", { images: IMAGES, labels }, CLASSES)).toThrow(
      "tiny labels: expected 0 to 1, received 2 at index 1 (labels of another data set?)",
    );
  });
});

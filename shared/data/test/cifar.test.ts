import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { readCifar } from "../src/images/cifar.ts";

const CLASSES = ["plane", "car"];

/** A record whose red plane counts up from `start`, green is that + 1, blue that + 2 (modulo 256). */
function record(label: number, start: number): number[] {
  const plane = (shift: number) => Array.from({ length: 1024 }, (_, p) => (start + p + shift) & 255);
  return [label, ...plane(0), ...plane(1), ...plane(2)];
}

describe("readCifar", () => {
  test("planes become channels, files follow each other", () => {
    const first = Uint8Array.from([...record(1, 7), ...record(0, 100)]);
    const second = Uint8Array.from(record(1, 200));
    const set = readCifar("c", [first, second], CLASSES);
    expect(set.shape).toEqual([3, 32, 32, 3]);
    expect([...set.labels]).toEqual([1, 0, 1]);
    expect([...set.images.subarray(0, 6)]).toEqual([7, 8, 9, 8, 9, 10]); // pixels 0 and 1 of image 0, RGB
    // image 2, row 1, column 2: pixel 34, so red = 200 + 34
    const offset = ((2 * 32 + 1) * 32 + 2) * 3;
    expect([...set.images.subarray(offset, offset + 3)]).toEqual([234, 235, 236]);
  });
  test.each([0, 3072, 3074])("a file of %i bytes is not whole records", (size) => {
    const read = () => readCifar("c", [new Uint8Array(3073), new Uint8Array(size)], CLASSES);
    expect(read).toThrow(UserError);
    expect(read).toThrow(`c file 2: expected a multiple of 3073 bytes, received ${size}`);
  });
  test("a label out of range", () =>
    expect(() => readCifar("c", [Uint8Array.from(record(2, 0))], CLASSES)).toThrow(
      "c labels: expected 0 to 1, received 2 at index 0",
    ));
});

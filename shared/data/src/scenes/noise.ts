import type { Random } from "@course/core";

const TABLE_SIZE = 2 ** 17; // draws that rows of noise are cut from; to draw for each pixel takes ten times as long

/**
 * Adds normal noise to an image, brightness in [0, 1], and writes it as bytes; what leaves [0, 1] is
 * cut off. Each row is cut at random from a table of normal numbers.
 */
export type AddNoise = (canvas: Float32Array, sigma: number, random: Random, to: Uint8ClampedArray) => void;

/** @param width of an image's row */
export function createNoise(width: number, random: Random): AddNoise {
  const table = Float32Array.from({ length: TABLE_SIZE + width }, () => random.normal());
  return (canvas, sigma, random, to) => {
    for (let start = 0; start < canvas.length; start += width) {
      const from = random.integer(0, TABLE_SIZE);
      for (let i = 0; i < width; i++) to[start + i] = 255 * (canvas[start + i]! + sigma * table[from + i]!);
    }
  };
}

import type { Random } from "@course/core";

const POINTS = 3; // on a side; the outer ones lie on the middles of the image's outermost pixels

/** [POINTS · POINTS, 2] by how much the grid's points are moved to the right and down, in the digit's own pixels. */
export type Warp = Float64Array;

/** Each point is moved by draws of its own from [−most, most). */
export function drawWarp(most: number, random: Random): Warp {
  return Float64Array.from({ length: 2 * POINTS ** 2 }, () => random.uniform(-most, most));
}

/**
 * The move at a place: bilinear between the four points around it; beyond the image, that of its edge.
 *
 * @param x fraction of the image's width, from the middle of its first pixel to that of its last
 * @param y fraction of its height
 */
export function warpAt(warp: Warp, x: number, y: number): [right: number, down: number] {
  const [column, across] = cellOf(x);
  const [row, below] = cellOf(y);
  const first = 2 * (row * POINTS + column);
  const along = (axis: number) => {
    const upper = warp[first + axis]! * (1 - across) + warp[first + 2 + axis]! * across;
    const lower = warp[first + 2 * POINTS + axis]! * (1 - across) + warp[first + 2 * POINTS + 2 + axis]! * across;
    return upper * (1 - below) + lower * below;
  };
  return [along(0), along(1)];
}

/** Between which two points, and how far from the first to the second, in [0, 1]. */
function cellOf(fraction: number): [cell: number, within: number] {
  const place = Math.min(Math.max(fraction, 0), 1) * (POINTS - 1);
  const cell = Math.min(Math.floor(place), POINTS - 2);
  return [cell, place - cell];
}

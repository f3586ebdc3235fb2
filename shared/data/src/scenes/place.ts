import type { Random } from "@course/core";
import type { SceneBox, SceneOptions } from "./scene.ts";

const TRIES = 40; // places drawn for one object before another digit is taken
const GAP = 1; // pixels between two boxes

/** Whole pixels to move by. */
export interface Move {
  readonly x: number;
  readonly y: number;
}

type Grid = Pick<SceneOptions, "height" | "width" | "cells">;

/** The cell that holds the middle of a box, numbered row by row; always 0 where there are no cells. */
export function cellOf([xMin, yMin, xMax, yMax]: SceneBox, { height, width, cells = [1, 1] }: Grid): number {
  const [rows, columns] = cells;
  const row = Math.floor((((yMin + yMax) / 2) * rows) / height);
  const column = Math.floor((((xMin + xMax) / 2) * columns) / width);
  return row * columns + column;
}

/**
 * A random place inside the image for a box of this size: over no other, and with its centre in a
 * cell that is still free. Undefined where none was found.
 */
export function findPlace(box: SceneBox, placed: readonly SceneBox[], grid: Grid, random: Random): Move | undefined {
  const [xMin, yMin, xMax, yMax] = box;
  const [roomX, roomY] = [grid.width - (xMax - xMin), grid.height - (yMax - yMin)];
  if (roomX < 0 || roomY < 0) return undefined;
  const taken = grid.cells ? new Set(placed.map((other) => cellOf(other, grid))) : new Set();
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const move = { x: random.integer(0, roomX + 1) - xMin, y: random.integer(0, roomY + 1) - yMin };
    const moved = moveBox(box, move);
    if (placed.every((other) => areApart(moved, other)) && !taken.has(cellOf(moved, grid))) return move;
  }
  return undefined;
}

export function moveBox([xMin, yMin, xMax, yMax]: SceneBox, { x, y }: Move): SceneBox {
  return [xMin + x, yMin + y, xMax + x, yMax + y];
}

/** Whether at least a pixel lies between two boxes. */
export function areApart(a: SceneBox, b: SceneBox): boolean {
  return a[0] >= b[2] + GAP || b[0] >= a[2] + GAP || a[1] >= b[3] + GAP || b[1] >= a[3] + GAP;
}

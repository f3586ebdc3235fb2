import fc from "fast-check";
import type { Box } from "../src/index.ts";

/** Boxes of 1 to 50 whole pixels a side, so that sums and products are exact. */
export const anyBox = fc
  .tuple(fc.nat(100), fc.nat(100), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }))
  .map(([x, y, width, height]): Box => [x, y, x + width, y + height]);

export const shift = ([xMin, yMin, xMax, yMax]: Box, dx: number, dy: number): Box => [
  xMin + dx,
  yMin + dy,
  xMax + dx,
  yMax + dy,
];

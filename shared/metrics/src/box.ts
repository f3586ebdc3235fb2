/** Box corners in pixels, origin at the top left of the image. */
export type Box = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

/** Area in square pixels; 0 for a box that is empty or inside out. */
export function boxArea([xMin, yMin, xMax, yMax]: Box): number {
  return Math.max(0, xMax - xMin) * Math.max(0, yMax - yMin);
}

/** What two boxes share; inside out, and so of area 0, where they do not overlap. */
export function intersectBoxes(a: Box, b: Box): Box {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
}

/** @throws RangeError naming the first box that `assertBox` refuses. */
export function assertBoxes(where: string, boxes: readonly Box[]): void {
  for (let i = 0; i < boxes.length; i++) assertBox(`${where}[${i}]`, boxes[i]);
}

/**
 * @param where the caller's name for the box, for the message.
 * @throws RangeError if a corner is not finite or out of order.
 */
export function assertBox(where: string, box: Box): void {
  const [xMin, yMin, xMax, yMax] = box;
  if (box.length === 4 && box.every(Number.isFinite) && xMin <= xMax && yMin <= yMax) return;
  throw new RangeError(
    `${where}: expected [xMin, yMin, xMax, yMax] with min ≤ max, received [${box.join(", ")}] ` +
      "(is it [x, y, width, height]?)",
  );
}

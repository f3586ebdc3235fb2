import { assertBox, assertBoxes, type Box, boxArea, intersectBoxes } from "./box.ts";

/**
 * Intersection over union of two boxes (Jaccard, 1901), in [0, 1]: 1 for identical boxes, 0 for boxes
 * that do not overlap. Two boxes of zero area score 0, never NaN.
 *
 * @throws RangeError if a box has a corner that is not finite or is out of order.
 */
export function iou(a: Box, b: Box): number {
  assertBox("iou", a);
  assertBox("iou", b);
  return overlap(a, b);
}

/**
 * IoU of every box of `a` with every box of `b`.
 *
 * @returns [a.length, b.length] flattened; empty where either is.
 * @throws RangeError as iou.
 */
export function iouMatrix(a: readonly Box[], b: readonly Box[]): Float64Array {
  assertBoxes("iouMatrix a", a);
  assertBoxes("iouMatrix b", b);
  const result = new Float64Array(a.length * b.length);
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) result[i * b.length + j] = overlap(a[i], b[j]);
  return result;
}

function overlap(a: Box, b: Box): number {
  const intersection = boxArea(intersectBoxes(a, b));
  const union = boxArea(a) + boxArea(b) - intersection;
  return union === 0 ? 0 : intersection / union;
}

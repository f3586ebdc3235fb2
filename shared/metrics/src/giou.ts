import { assertBox, type Box, boxArea, intersectBoxes } from "./box.ts";

/**
 * Generalized IoU, IoU − |hull ∖ (a ∪ b)| / |hull| with the hull the smallest box around both
 * (Rezatofighi et al., 2019, algorithm 1), in (−1, 1]: 1 for identical boxes; below 0 and falling as
 * boxes move apart, so that it can be trained on where IoU is flat. 0 where the hull itself is empty.
 *
 * @throws RangeError if a box has a corner that is not finite or is out of order.
 */
export function giou(a: Box, b: Box): number {
  assertBox("giou", a);
  assertBox("giou", b);
  const intersection = boxArea(intersectBoxes(a, b));
  const union = boxArea(a) + boxArea(b) - intersection;
  const hull = boxArea(hullOf(a, b));
  if (hull === 0) return 0;
  return (union === 0 ? 0 : intersection / union) - (hull - union) / hull;
}

function hullOf(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

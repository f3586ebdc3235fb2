import { type Box, iou } from "@course/metrics";

/** A box that the network proposes. */
export interface Detection {
  readonly box: Box;
  readonly label: number;
  /** Probability of an object, times that of its class; in [0, 1]. */
  readonly score: number;
}

/**
 * Non-maximum suppression: from the highest score down, a box stays unless its IoU with one of the same
 * class that stayed is above the threshold. Of equal scores the earlier comes first.
 *
 * @returns the boxes that stay, by falling score
 */
export function suppress(detections: readonly Detection[], iouThreshold: number): Detection[] {
  const kept: Detection[] = [];
  // #solution 4.2 sort by falling score (toSorted keeps the order of equals), then keep or drop one after the other
  for (const candidate of detections.toSorted((a, b) => b.score - a.score)) {
    const isSame = (better: Detection) =>
      better.label === candidate.label && iou(better.box, candidate.box) > iouThreshold;
    if (!kept.some(isSame)) kept.push(candidate);
  }
  // #end
  return kept;
}

import type { Box } from "./box.ts";
import { assertDetections } from "./detected-objects.ts";
import { assertPositiveInteger } from "./input-checks.ts";
import { iou } from "./iou.ts";
import { rankByScore } from "./ranking.ts";

export interface SuppressionOptions {
  /** A box whose IoU with a better one is above this is dropped; 0.5 by default. */
  readonly iouThreshold?: number;
  /** Boxes that score below this are dropped; none by default. */
  readonly scoreThreshold?: number;
  /** At most this many are kept; all by default. */
  readonly maxDetections?: number;
  /** [count] class ids: boxes of different classes do not suppress each other. One class by default. */
  readonly classes?: ArrayLike<number>;
}

/**
 * Keeps the best box of each cluster: from the highest score down, a box stays unless it overlaps one that
 * stayed (Felzenszwalb et al., 2010, section 6.2, with IoU as the overlap). O(count · kept).
 *
 * @param boxes [count]
 * @param scores [count]; of equal scores the earlier box ranks first.
 * @returns indices of the kept boxes by falling score; empty for no boxes.
 * @throws ShapeError if the lengths differ; RangeError for a bad box, score or class, or an IoU threshold
 *   outside [0, 1].
 */
export function nonMaximumSuppression(
  boxes: readonly Box[],
  scores: ArrayLike<number>,
  options: SuppressionOptions = {},
): Uint32Array {
  const { iouThreshold = 0.5, scoreThreshold = Number.NEGATIVE_INFINITY, maxDetections, classes } = options;
  assertDetections("nonMaximumSuppression", boxes, { scores, classes });
  if (!(iouThreshold >= 0 && iouThreshold <= 1))
    throw new RangeError(
      `nonMaximumSuppression iouThreshold: expected a fraction in [0, 1], received ${iouThreshold} (a percentage?)`,
    );
  if (Number.isNaN(scoreThreshold))
    throw new RangeError("nonMaximumSuppression scoreThreshold: expected a number, received NaN");
  if (maxDetections !== undefined) assertPositiveInteger("nonMaximumSuppression maxDetections", maxDetections);
  const kept: number[] = [];
  for (const candidate of rankByScore(scores)) {
    if (kept.length === maxDetections || scores[candidate] < scoreThreshold) break;
    const isSuppressed = kept.some(
      (better) => classes?.[better] === classes?.[candidate] && iou(boxes[better], boxes[candidate]) > iouThreshold,
    );
    if (!isSuppressed) kept.push(candidate);
  }
  return Uint32Array.from(kept);
}

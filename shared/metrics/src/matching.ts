import { assertBoxes, type Box } from "./box.ts";
import { assertDetections } from "./detected-objects.ts";
import { iouMatrix } from "./iou.ts";
import { rankByScore } from "./ranking.ts";

/** In `matches`: a detection that took no true box. */
export const UNMATCHED = -1;

/**
 * Pairs the detections of one image and class with its true boxes as COCO does: by falling score, each
 * takes the free true box of highest IoU, if that reaches the threshold. A true box is taken once, so a
 * second detection of it stays unmatched: a false positive.
 *
 * @param detected [detections] boxes and their scores.
 * @param actual [truths]
 * @param iouThreshold in (0, 1]; 0.5 by default.
 * @returns [detections] index of the true box taken, or UNMATCHED.
 * @throws ShapeError if boxes and scores differ in number; RangeError for a bad box, score or threshold.
 */
export function matchDetections(
  detected: { readonly boxes: readonly Box[]; readonly scores: ArrayLike<number> },
  actual: readonly Box[],
  { iouThreshold = 0.5 }: { iouThreshold?: number } = {},
): Int32Array {
  assertDetections("matchDetections", detected.boxes, detected);
  assertBoxes("matchDetections actual", actual);
  if (!(iouThreshold > 0 && iouThreshold <= 1))
    throw new RangeError(
      `matchDetections iouThreshold: expected a fraction in (0, 1], received ${iouThreshold} (a percentage?)`,
    );
  const ranking = rankByScore(detected.scores);
  const ranked = [...ranking].map((i) => detected.boxes[i]);
  const rankedMatches = matchRanked(iouMatrix(ranked, actual), [ranked.length, actual.length], iouThreshold);
  const matches = new Int32Array(ranked.length);
  ranking.forEach((detection, rank) => {
    matches[detection] = rankedMatches[rank];
  });
  return matches;
}

/**
 * The matching itself, on detections already ranked.
 *
 * @param ious [detections, truths] flattened.
 * @returns [detections] index of the true box, or UNMATCHED. Of equal IoUs the later true box is taken, as
 *   in COCO's code.
 */
export function matchRanked(
  ious: Float64Array,
  [detections, truths]: readonly [detections: number, truths: number],
  iouThreshold: number,
): Int32Array {
  const matches = new Int32Array(detections).fill(UNMATCHED);
  const isTaken = new Uint8Array(truths);
  for (let d = 0; d < detections; d++) {
    let best = Math.min(iouThreshold, 1 - 1e-10); // COCO's allowance: a threshold of 1 stays within reach
    for (let t = 0; t < truths; t++) {
      const overlap = ious[d * truths + t];
      if (isTaken[t] || overlap < best) continue;
      best = overlap;
      matches[d] = t;
    }
    if (matches[d] !== UNMATCHED) isTaken[matches[d]] = 1;
  }
  return matches;
}

import type { Box } from "./box.ts";
import type { ActualObjects, DetectedObjects } from "./detected-objects.ts";
import { iouMatrix } from "./iou.ts";
import { matchRanked, UNMATCHED } from "./matching.ts";
import { rankByScore } from "./ranking.ts";

/** The detections of one class over all images, by falling score, judged at each IoU threshold. */
export interface ClassDetections {
  /** [thresholds][detections] 1 where the detection took a true box. */
  readonly isTruePositive: readonly Uint8Array[];
  /** True boxes of the class. */
  readonly support: number;
}

export interface Scenes {
  readonly detected: readonly DetectedObjects[];
  readonly actual: readonly ActualObjects[];
  readonly maxDetections: number;
  readonly thresholds: Float64Array;
}

/** Matches image by image, then ranks the class's detections of all images together. */
export function detectionsOfClass(
  classId: number,
  { detected, actual, maxDetections, thresholds }: Scenes,
): ClassDetections {
  const scores: number[] = [];
  const flags: number[][] = Array.from(thresholds, () => []);
  let support = 0;
  detected.forEach((image, i) => {
    const truths = boxesOfClass(actual[i], classId);
    const best = bestOfClass(image, classId, maxDetections);
    const boxes = best.map((d) => image.boxes[d]);
    const ious = iouMatrix(boxes, truths);
    support += truths.length;
    for (const d of best) scores.push(image.scores[d]);
    thresholds.forEach((threshold, t) => {
      for (const match of matchRanked(ious, [boxes.length, truths.length], threshold))
        flags[t].push(match === UNMATCHED ? 0 : 1);
    });
  });
  const ranking = rankByScore(scores);
  return { isTruePositive: flags.map((ofThreshold) => Uint8Array.from(ranking, (d) => ofThreshold[d])), support };
}

function boxesOfClass({ boxes, classes }: ActualObjects, classId: number): Box[] {
  return boxes.filter((_, i) => classes[i] === classId);
}

/** Indices of the image's detections of the class, the best `maxDetections` of them by falling score. */
function bestOfClass({ scores, classes }: DetectedObjects, classId: number, maxDetections: number): number[] {
  const ofClass: number[] = [];
  for (let i = 0; i < classes.length; i++) if (classes[i] === classId) ofClass.push(i);
  const ranking = rankByScore(ofClass.map((i) => scores[i])).subarray(0, maxDetections);
  return Array.from(ranking, (rank) => ofClass[rank]);
}

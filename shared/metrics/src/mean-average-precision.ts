import { ShapeError } from "@course/core";
import { type ClassDetections, detectionsOfClass } from "./class-detections.ts";
import { type ActualObjects, assertDetections, type DetectedObjects } from "./detected-objects.ts";
import { assertClassIds, assertPositiveInteger } from "./input-checks.ts";
import { COCO_RECALLS, interpolatedPrecision } from "./interpolated-precision.ts";

export interface ClassAveragePrecision {
  /** [10] one for each of COCO_IOU_THRESHOLDS, in [0, 1]. */
  readonly averagePrecision: Float64Array;
  /** [10, 101] flattened: precision at COCO_RECALLS, the precision–recall curve at each threshold. */
  readonly precision: Float64Array;
  /** True boxes of the class. */
  readonly support: number;
}

export interface MeanAveragePrecision {
  /** Mean over classes and the ten thresholds, in [0, 1]: COCO's AP. */
  readonly mAP: number;
  readonly mAP50: number;
  readonly mAP75: number;
  /** [10] mean over classes at each of COCO_IOU_THRESHOLDS. */
  readonly byThreshold: Float64Array;
  /** [classes]; undefined for a class without a true box, which takes no part in any mean. */
  readonly byClass: readonly (ClassAveragePrecision | undefined)[];
}

/** 0.5, 0.55, …, 0.95, with the rounding of NumPy's linspace as COCO's code has it. */
export const COCO_IOU_THRESHOLDS = Float64Array.from({ length: 10 }, (_, i) => 0.5 + i * ((0.95 - 0.5) / 9));

/**
 * Mean average precision of detection as COCO publishes it: IoU 0.5:0.95, 101-point interpolation, greedy
 * matching, classes without true boxes left out (Lin et al., 2014; the reference code pycocotools). No crowd
 * regions and no area ranges. Of equal scores the earlier image, then the earlier box, ranks first.
 *
 * @param detected [images]
 * @param actual [images] in the same order.
 * @param maxDetections the best so many of each image and class count; 100 by default, as COCO's.
 * @throws ShapeError if the numbers of images, or of boxes, scores and classes differ; RangeError for a bad
 *   box, score or class, or for no true box at all.
 */
export function meanAveragePrecision(
  detected: readonly DetectedObjects[],
  actual: readonly ActualObjects[],
  { numClasses, maxDetections = 100 }: { numClasses: number; maxDetections?: number },
): MeanAveragePrecision {
  assertPositiveInteger("meanAveragePrecision numClasses", numClasses);
  assertPositiveInteger("meanAveragePrecision maxDetections", maxDetections);
  assertImages(detected, actual, numClasses);
  const byClass = Array.from({ length: numClasses }, (_, c) =>
    averagePrecisionOf(detectionsOfClass(c, { detected, actual, maxDetections, thresholds: COCO_IOU_THRESHOLDS })),
  );
  const seen = byClass.filter((result) => result !== undefined);
  if (seen.length === 0)
    throw new RangeError(
      "meanAveragePrecision actual: expected at least one true box, received empty scenes only (an empty split?)",
    );
  const byThreshold = COCO_IOU_THRESHOLDS.map((_, t) => mean(seen.map((result) => result.averagePrecision[t])));
  return { mAP: mean(byThreshold), mAP50: byThreshold[0], mAP75: byThreshold[5], byThreshold, byClass };
}

function averagePrecisionOf({ isTruePositive, support }: ClassDetections): ClassAveragePrecision | undefined {
  if (support === 0) return undefined;
  const curves = isTruePositive.map((flags) => interpolatedPrecision(flags, support));
  const precision = new Float64Array(curves.length * COCO_RECALLS.length);
  curves.forEach((curve, t) => {
    precision.set(curve, t * COCO_RECALLS.length);
  });
  return { averagePrecision: Float64Array.from(curves, mean), precision, support };
}

function assertImages(detected: readonly DetectedObjects[], actual: readonly ActualObjects[], numClasses: number) {
  if (detected.length !== actual.length)
    throw new ShapeError(
      `meanAveragePrecision: expected [images=${actual.length}] detections, received [${detected.length}] ` +
        "(another split, or a dropped last batch?)",
    );
  for (const [name, images] of Object.entries({ detected, actual }))
    images.forEach((image, i) => {
      const where = `meanAveragePrecision ${name}[${i}]`;
      assertDetections(where, image.boxes, image);
      assertClassIds(`${where} classes`, image.classes, numClasses);
    });
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

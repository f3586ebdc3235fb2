import { ShapeError } from "@course/core";
import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ActualObjects,
  type Box,
  COCO_IOU_THRESHOLDS,
  COCO_RECALLS,
  type DetectedObjects,
  meanAveragePrecision,
} from "../src/index.ts";
import { anyBox } from "./boxes.ts";
import { readGolden } from "./golden.ts";

interface Scene {
  name: string;
  numClasses: number;
  maxDetections: number;
  actual: ActualObjects[];
  detected: DetectedObjects[];
  mAP: number;
  mAP50: number;
  mAP75: number;
  byClass: (number[] | null)[];
  precisionAt50: number[];
}
const golden = readGolden<{ iouThresholds: number[]; recalls: number[]; scenes: Scene[] }>("detection");

const left: Box = [0, 0, 10, 10];
const right: Box = [20, 0, 30, 10];
const none = { boxes: [], scores: [], classes: [] };
const one = { numClasses: 1 };
const exact = { absolute: 1e-13, relative: 0 };

describe("meanAveragePrecision", () => {
  test("hand-worked: one of two boxes found, and found exactly", () => {
    // precision 1 at the recalls 0, 0.01, …, 0.5, 0 beyond: 51/101 at every threshold
    const result = meanAveragePrecision(
      [{ boxes: [left], scores: [0.9], classes: [0] }],
      [{ boxes: [left, right], classes: [0, 0] }],
      one,
    );
    expect(result.mAP).toBeCloseTo(51 / 101, 14);
    expect(result.byClass[0]?.support).toBe(2);
  });
  test("hand-worked: a false alarm ranks first", () => {
    // ranked: miss, hit, hit; precision 0, 1/2, 2/3; recall 0, 1/2, 1. Interpolated: 2/3 everywhere
    const detected = [{ boxes: [left, right, [50, 50, 60, 60] as Box], scores: [0.8, 0.7, 0.9], classes: [0, 0, 0] }];
    const { mAP } = meanAveragePrecision(detected, [{ boxes: [left, right], classes: [0, 0] }], one);
    expect(mAP).toBeCloseTo(2 / 3, 14);
  });
  test("hand-worked: an IoU of 0.8 counts at 0.5, …, 0.8, at 7 of the 10 thresholds", () => {
    const detected = [{ boxes: [[0, 0, 10, 8] as Box], scores: [1], classes: [0] }];
    const result = meanAveragePrecision(detected, [{ boxes: [left], classes: [0] }], one);
    expect([...result.byThreshold]).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
    expect(result).toMatchObject({ mAP50: 1, mAP75: 1 });
    expect(result.mAP).toBeCloseTo(0.7, 14);
  });
  test("a box found in another image, or as another class, is not found", () => {
    const detected = [none, { boxes: [left], scores: [1], classes: [0] }];
    const actual = [
      { boxes: [left], classes: [0] },
      { boxes: [left], classes: [1] },
    ];
    expect(meanAveragePrecision(detected, actual, { numClasses: 2 }).mAP).toBe(0);
  });
  test("a class without a true box takes no part, whatever was detected as it", () => {
    const detected = [{ boxes: [left, right], scores: [0.5, 1], classes: [0, 2] }];
    const result = meanAveragePrecision(detected, [{ boxes: [left], classes: [0] }], { numClasses: 3 });
    expect(result.mAP).toBe(1);
    expect(result.byClass.slice(1)).toEqual([undefined, undefined]);
  });
  test("nothing found at all is 0", () =>
    expect(meanAveragePrecision([none], [{ boxes: [left], classes: [0] }], one).mAP).toBe(0));

  test("IoU thresholds and recalls are COCO's to the last bit", () => {
    expect([...COCO_IOU_THRESHOLDS]).toEqual(golden.iouThresholds);
    expect([...COCO_RECALLS]).toEqual(golden.recalls);
  });
  test.each(golden.scenes)("agrees with pycocotools: $name", (scene) => {
    const result = meanAveragePrecision(scene.detected, scene.actual, scene);
    const { mAP, mAP50, mAP75, byClass } = result;
    assertClose("mAP, mAP50, mAP75", [mAP, mAP50, mAP75], [scene.mAP, scene.mAP50, scene.mAP75], exact);
    expect(byClass).toHaveLength(scene.byClass.length);
    byClass.forEach((ofClass, c) => {
      const expected = scene.byClass[c];
      if (expected === null) expect(ofClass).toBeUndefined();
      else assertClose(`class ${c}`, ofClass?.averagePrecision ?? [], expected, exact);
    });
    const firstSeen = byClass.find((ofClass) => ofClass !== undefined);
    assertClose("curve at 0.5", firstSeen?.precision.subarray(0, 101) ?? [], scene.precisionAt50, exact);
  });

  test("1 for the truth itself, in [0, 1], and a rising function of the scores changes nothing", () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(anyBox, fc.nat(2), fc.nat(9)), { maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.array(fc.tuple(anyBox, fc.nat(2), fc.nat(9)), { maxLength: 5 }), { minLength: 5, maxLength: 5 }),
        (truths, others) => {
          const images = [...truths, [[left, 0, 0] as [Box, number, number]]].map((objects) => ({
            boxes: objects.map(([box]) => box),
            classes: objects.map(([, classId]) => classId),
            scores: objects.map(([, , score]) => score),
          }));
          const three = { numClasses: 3 };
          expect(meanAveragePrecision(images, images, three).mAP).toBeCloseTo(1, 12);
          const noisy = images.map(({ boxes, classes, scores }, i) => ({
            boxes: [...boxes, ...(others[i] ?? []).map(([box]) => box)],
            classes: [...classes, ...(others[i] ?? []).map(([, classId]) => classId)],
            scores: [...scores, ...(others[i] ?? []).map(([, , score]) => score)],
          }));
          const { mAP } = meanAveragePrecision(noisy, images, three);
          expect(mAP).toBeGreaterThanOrEqual(0);
          expect(mAP).toBeLessThanOrEqual(1 + 1e-12);
          const raised = noisy.map((image) => ({ ...image, scores: image.scores.map(Math.exp) }));
          expect(meanAveragePrecision(raised, images, three).mAP).toBe(mAP);
        },
      ),
    ));

  test("says what does not fit, and where", () => {
    const actual = [{ boxes: [left], classes: [0] }];
    const detect = (image: DetectedObjects) => () => meanAveragePrecision([image], actual, one);
    expect(() => meanAveragePrecision([], actual, one)).toThrow(ShapeError);
    expect(() => meanAveragePrecision([], actual, one)).toThrow(
      "meanAveragePrecision: expected [images=1] detections, received [0] (another split, or a dropped last batch?)",
    );
    expect(detect({ boxes: [left], scores: [], classes: [0] })).toThrow("detected[0] scores: expected [boxes=1]");
    expect(detect({ boxes: [left], scores: [Number.NaN], classes: [0] })).toThrow("detected[0] scores[0]: expected a");
    expect(detect({ boxes: [left], scores: [1], classes: [1] })).toThrow("detected[0] classes[0]: expected a class id");
    expect(detect({ boxes: [[5, 5, 2, 2]], scores: [1], classes: [0] })).toThrow(
      "meanAveragePrecision detected[0] boxes[0]: expected [xMin, yMin, xMax, yMax] with min ≤ max",
    );
    expect(() => meanAveragePrecision([none], [{ boxes: [left], classes: [] }], one)).toThrow(
      "meanAveragePrecision actual[0] classes: expected [boxes=1], received [0] (of another image?)",
    );
    expect(() => meanAveragePrecision([none], [none], one)).toThrow(
      "meanAveragePrecision actual: expected at least one true box, received empty scenes only (an empty split?)",
    );
    expect(() => meanAveragePrecision([none], actual, { numClasses: 1, maxDetections: 0 })).toThrow("maxDetections");
  });
});

import { ShapeError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, iou, nonMaximumSuppression } from "../src/index.ts";
import { anyBox } from "./boxes.ts";
import { readGolden } from "./golden.ts";

interface Case {
  boxes: Box[];
  scores: number[];
  iouThreshold: number;
  scoreThreshold: number;
  kept: number[];
}
const found = fc
  .array(fc.tuple(anyBox, fc.integer({ min: 0, max: 5 })), { maxLength: 25 })
  .map((pairs) => ({ boxes: pairs.map(([box]) => box), scores: pairs.map(([, score]) => score / 5) }));

describe("nonMaximumSuppression", () => {
  // 1 overlaps 0 by 2×1 of 3×2 (IoU 1/3 each way) and 2 by as much; 0 and 2 only touch
  const chain: Box[] = [
    [0, 0, 2, 2],
    [1, 0, 3, 2],
    [2, 0, 4, 2],
  ];
  test("hand-worked: the middle box is best and drops both others", () =>
    expect([...nonMaximumSuppression(chain, [0.7, 0.9, 0.8], { iouThreshold: 0.3 })]).toEqual([1]));
  test("hand-worked: dropped by 2, the middle box drops no one", () =>
    expect([...nonMaximumSuppression(chain, [0.7, 0.8, 0.9], { iouThreshold: 0.3 })]).toEqual([2, 0]));
  test("an IoU of exactly the threshold is kept", () =>
    expect([...nonMaximumSuppression(chain, [0.7, 0.9, 0.8], { iouThreshold: 1 / 3 })]).toEqual([1, 2, 0]));
  test("of equal scores the earlier box wins", () =>
    expect([...nonMaximumSuppression(chain, [0.5, 0.5, 0.5], { iouThreshold: 0.3 })]).toEqual([0, 2]));
  test("boxes of different classes do not suppress each other", () => {
    const same: Box[] = [chain[0], chain[0], chain[0]];
    expect([...nonMaximumSuppression(same, [0.7, 0.9, 0.8], { classes: [0, 1, 0] })]).toEqual([1, 2]);
  });
  test("keeps none below the score threshold and no more than asked for", () => {
    const options = { iouThreshold: 0.5, scoreThreshold: 0.8 };
    expect([...nonMaximumSuppression(chain, [0.7, 0.9, 0.8], options)]).toEqual([1, 2]);
    expect([...nonMaximumSuppression(chain, [0.7, 0.9, 0.8], { ...options, maxDetections: 1 })]).toEqual([1]);
  });
  test("no boxes, none kept", () => expect([...nonMaximumSuppression([], [])]).toEqual([]));

  test("kept boxes overlap little, and every dropped one overlaps a kept one that ranks higher", () =>
    fc.assert(
      fc.property(found, fc.double({ min: 0, max: 1, noNaN: true }), ({ boxes, scores }, iouThreshold) => {
        const kept = [...nonMaximumSuppression(boxes, scores, { iouThreshold })];
        const ranksAbove = (a: number, b: number) => scores[a] > scores[b] || (scores[a] === scores[b] && a < b);
        for (const a of kept)
          for (const b of kept) if (a !== b) expect(iou(boxes[a], boxes[b])).toBeLessThanOrEqual(iouThreshold);
        boxes.forEach((box, i) => {
          const isCovered = kept.some((k) => ranksAbove(k, i) && iou(boxes[k], box) > iouThreshold);
          expect(isCovered).toBe(!kept.includes(i));
        });
        const again = nonMaximumSuppression(
          kept.map((k) => boxes[k]),
          kept.map((k) => scores[k]),
          { iouThreshold },
        );
        expect(again).toHaveLength(kept.length);
      }),
    ));
  test("agrees with OpenCV", () => {
    for (const { boxes, scores, kept, ...options } of readGolden<{ suppression: Case[] }>("boxes").suppression)
      expect([...nonMaximumSuppression(boxes, scores, options)]).toEqual(kept);
  });

  test("says what does not fit", () => {
    expect(() => nonMaximumSuppression(chain, [1])).toThrow(ShapeError);
    expect(() => nonMaximumSuppression(chain, [1])).toThrow(
      "nonMaximumSuppression scores: expected [boxes=3], received [1] (of another image?)",
    );
    expect(() => nonMaximumSuppression(chain, [1, 1, 1], { classes: [0] })).toThrow("classes: expected [boxes=3]");
    expect(() => nonMaximumSuppression(chain, [1, Number.NaN, 1])).toThrow("scores[1]: expected a finite number");
    expect(() => nonMaximumSuppression(chain, [1, 1, 1], { iouThreshold: 50 })).toThrow(
      "nonMaximumSuppression iouThreshold: expected a fraction in [0, 1], received 50 (a percentage?)",
    );
    expect(() => nonMaximumSuppression([[5, 5, 2, 2]], [1])).toThrow(
      "nonMaximumSuppression boxes[0]: expected [xMin, yMin, xMax, yMax] with min ≤ max",
    );
    expect(() => nonMaximumSuppression(chain, [1, 1, 1], { maxDetections: 0 })).toThrow(
      "nonMaximumSuppression maxDetections: expected a positive integer, received 0",
    );
    expect(() => nonMaximumSuppression(chain, [1, 1, 1], { scoreThreshold: Number.NaN })).toThrow(
      "nonMaximumSuppression scoreThreshold: expected a number, received NaN",
    );
  });
});

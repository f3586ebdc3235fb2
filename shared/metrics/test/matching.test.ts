import { ShapeError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, iou, matchDetections, UNMATCHED } from "../src/index.ts";
import { anyBox } from "./boxes.ts";

const left: Box = [0, 0, 10, 10];
const right: Box = [20, 0, 30, 10];

describe("matchDetections", () => {
  test("hand-worked: the surer of two detections takes the box, the other is left over", () => {
    const boxes: Box[] = [[0, 0, 10, 9], [0, 0, 10, 8], right]; // IoU with left 0.9 and 0.8
    expect([...matchDetections({ boxes, scores: [0.6, 0.7, 0.1] }, [left, right])]).toEqual([UNMATCHED, 0, 1]);
  });
  test("each takes the free box it overlaps most", () => {
    const truths: Box[] = [
      [0, 0, 10, 8],
      [0, 0, 10, 9],
    ];
    // against left: IoU 0.8 and 0.9. The first takes truth 1, so the second must make do with truth 0
    expect([...matchDetections({ boxes: [left, left], scores: [0.9, 0.8] }, truths)]).toEqual([1, 0]);
  });
  test("an IoU of exactly the threshold is a match, also at 1", () => {
    const half: Box = [0, 0, 10, 5];
    expect([...matchDetections({ boxes: [half], scores: [1] }, [left])]).toEqual([0]);
    expect([...matchDetections({ boxes: [half], scores: [1] }, [left], { iouThreshold: 0.51 })]).toEqual([UNMATCHED]);
    expect([...matchDetections({ boxes: [left], scores: [1] }, [left], { iouThreshold: 1 })]).toEqual([0]);
  });
  test("of equal IoUs the later true box, as COCO's code", () =>
    expect([...matchDetections({ boxes: [left], scores: [1] }, [left, left])]).toEqual([1]));
  test("nothing found, nothing there", () => {
    expect([...matchDetections({ boxes: [], scores: [] }, [left])]).toEqual([]);
    expect([...matchDetections({ boxes: [left], scores: [1] }, [])]).toEqual([UNMATCHED]);
  });

  test("no true box is taken twice, every match reaches the threshold, and no free pair that does is left", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyBox, fc.nat(4)), { maxLength: 12 }),
        fc.array(anyBox, { maxLength: 8 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (found, truths, iouThreshold) => {
          const boxes = found.map(([box]) => box);
          const scores = found.map(([, score]) => score);
          const matches = [...matchDetections({ boxes, scores }, truths, { iouThreshold })];
          const taken = matches.filter((match) => match !== UNMATCHED);
          expect(new Set(taken).size).toBe(taken.length);
          matches.forEach((match, d) => {
            if (match !== UNMATCHED) expect(iou(boxes[d], truths[match])).toBeGreaterThanOrEqual(iouThreshold - 1e-10);
            else
              truths.forEach((truth, t) => {
                if (!taken.includes(t)) expect(iou(boxes[d], truth)).toBeLessThan(iouThreshold);
              });
          });
        },
      ),
    ));
  test("says what does not fit", () => {
    expect(() => matchDetections({ boxes: [left], scores: [] }, [left])).toThrow(ShapeError);
    expect(() => matchDetections({ boxes: [left], scores: [Number.NaN] }, [left])).toThrow("scores[0]: expected a");
    expect(() => matchDetections({ boxes: [left], scores: [1] }, [left], { iouThreshold: 0 })).toThrow(
      "matchDetections iouThreshold: expected a fraction in (0, 1], received 0",
    );
    expect(() => matchDetections({ boxes: [left], scores: [1] }, [[3, 3, 1, 1]])).toThrow("actual[0]: expected [xMin");
  });
});

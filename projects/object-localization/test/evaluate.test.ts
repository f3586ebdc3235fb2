import { useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { meanBoxIou } from "../report/baseline.ts";
import { analyse } from "../report/difficulties.ts";
import { meanByRange, rankByIou } from "../src/analysis.ts";
import { type Answer, answer, judge, score } from "../src/evaluate.ts";
import { blankScenes, constantModel } from "./cases.ts";

await useBackend();

const says = (hasObject: number, box: Answer["box"] = [0, 0, 0, 0], label = 0): Answer => ({
  ...{ hasObject, box, label, confidence: 1 },
});

describe("scores", () => {
  const objects = [
    { box: [0, 0, 10, 10], label: 1 },
    { box: [0, 0, 10, 10], label: 2 },
    undefined,
    undefined,
    { box: [5, 5, 9, 9], label: 3 },
  ];
  const answers = [
    says(0.9, [0, 0, 10, 10], 1), // right
    says(0.6, [0, 0, 10, 5], 1), // half of the box, wrong class
    says(0.1), // rightly none
    says(0.7, [0, 0, 10, 10], 1), // imagined
    says(0.4, [5, 5, 9, 9], 3), // overlooked: box and class do not count
  ];
  const judge = () => score(answers, blankScenes(objects));
  test("4.1 hand-worked: has-object 3 of 5, class 1 of 3, IoU (1 + ½ + 0) / 3, and the mean of both", () => {
    const scores = judge();
    expect(scores.hasObjectAccuracy).toBeCloseTo(3 / 5, 9);
    expect(scores.classAccuracy).toBeCloseTo(1 / 3, 9);
    expect(scores.iou).toBeCloseTo(0.5, 9);
    expect(scores.mean).toBeCloseTo((1 / 3 + 0.5) / 2, 9);
  });
  test("4.1 the IoU of each scene; NaN where there is nothing to find", () =>
    expect([...judge().ious]).toEqual([1, 0.5, Number.NaN, Number.NaN, 0]));
  test("only empty scenes have no IoU", () =>
    expect(() => score([says(0.1)], blankScenes([undefined]))).toThrow(
      "score: expected scenes with an object, received empty ones only",
    ));
});

describe("answers", () => {
  test("one for each scene, the last batch included; the box in pixels and inside the image", () => {
    const model = constantModel(2, [-4, 10, 20, 30], 7);
    const answers = answer(model, blankScenes(Array.from({ length: 252 }, () => undefined)));
    expect(answers).toHaveLength(252);
    const { hasObject, box, label, confidence } = answers[251]!;
    expect(hasObject).toBeCloseTo(1 / (1 + Math.exp(-2)), 5);
    [0, 10, 20, 30].forEach((corner, i) => {
      expect(box[i]).toBeCloseTo(corner, 3);
    });
    expect(label).toBe(7);
    expect(confidence).toBeCloseTo(Math.exp(5) / (Math.exp(5) + 9), 4);
    model.dispose();
  });
  test("boxes are judged on whole pixels where the truth is, and as they are where it is not", () => {
    const model = constantModel(2, [10.4, 10, 20, 29.6], 7);
    const scenes = blankScenes([{ box: [10, 10, 20, 30], label: 7 }]);
    expect(judge(model, scenes, true).scores.iou).toBe(1);
    expect(judge(model, scenes, false).scores.iou).toBeCloseTo((9.6 * 19.6) / 200, 4);
    expect(judge(model, scenes, true).iouUnrounded).toBe(judge(model, scenes, false).scores.iou);
    model.dispose();
  });
  test("what always answering the mean box reaches: [1, 0, 3, 2] against [0, 0, 2, 2] and [2, 0, 4, 2]", () => {
    const scenes = blankScenes([{ box: [0, 0, 2, 2] }, undefined, { box: [2, 0, 4, 2] }]);
    expect(meanBoxIou(scenes, scenes)).toBeCloseTo(1 / 3, 9); // 2 of 6 square pixels each
  });
});

describe("where it fails", () => {
  test("4.2 means by range: the lower edge belongs to it, the upper one to the next but for the last", () => {
    const [low, high] = meanByRange([0, 1, 2, 3, 4], [0.1, 0.3, 0.5, 0.7, 0.9], [0, 2, 4]);
    expect([low!.count, high!.count]).toEqual([2, 3]);
    expect(low!.mean).toBeCloseTo(0.2, 9);
    expect(high!.mean).toBeCloseTo(0.7, 9);
    expect(low!.standardError).toBeCloseTo(0.1, 9); // sd √0.02, over √2
  });
  test("4.2 empty scenes are left out, and so is what lies outside all ranges", () => {
    const [bin] = meanByRange([1, 1, 9, Number.NaN], [0.5, Number.NaN, 1, 1], [0, 2]);
    expect([bin!.count, bin!.mean]).toEqual([1, 0.5]);
    expect(bin!.standardError).toBeNaN();
  });
  test("a range without scenes has no mean", () => expect(meanByRange([], [], [0, 1])[0]!.mean).toBeNaN());
  test("by rotation, size and noise of the scenes with an object; a range with one scene is left out", () => {
    const scenes = blankScenes([{ box: [0, 0, 4, 9] }, { box: [0, 0, 9, 4] }, { box: [0, 0, 30, 30] }, undefined]);
    const [rotation, size, noise] = analyse(scenes, [0.4, 0.6, 0.9, Number.NaN]);
    expect(rotation!.bins.map(({ low, high, count }) => [low, high, count])).toEqual([[0, 15, 3]]);
    expect(size!.bins).toMatchObject([{ low: 0, high: 8, count: 2, mean: 0.5 }]);
    expect(noise!.bins).toMatchObject([{ low: 0.045, high: 0.06, count: 3 }]);
  });
  test("what own scenes do not tell is left out", () => {
    const scenes = { ...blankScenes([{ box: [0, 0, 4, 9] }, { box: [0, 0, 9, 4] }]), noise: Float32Array.of(NaN, NaN) };
    expect(analyse(scenes, [0.4, 0.6]).map(({ name }) => name)).toEqual(["rotation", "size"]);
  });
  test("5.1 best first, empty scenes left out", () =>
    expect(rankByIou([0.2, Number.NaN, 0.9, 0.5, Number.NaN])).toEqual([2, 3, 0]));
});

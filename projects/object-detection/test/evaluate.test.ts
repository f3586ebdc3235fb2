import { useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { meanBoxesScore } from "../report/baseline.ts";
import { judge, score } from "../report/score.ts";
import { detect, FOR_METRICS, FOR_PICTURES, readCell } from "../src/evaluate.ts";
import { constantNetwork, EIGHT, grid, rectangles, SEEN, seesOne } from "./cases.ts";

await useBackend();

describe("a cell's answer", () => {
  test("4.1 hand-worked: the best class, both probabilities, the box cut off at the edge", () =>
    expect(readCell([0.8, -3, 5, 70, 50, 0.25, 0.75], grid)).toEqual({
      box: [0, 5, 60, 48],
      label: 1,
      score: 0.8 * 0.75,
    }));
  test("4.1 a box inside stays as it is", () =>
    expect(readCell([1, 1, 2, 3, 4, 0.9, 0.1], grid)).toEqual({ box: [1, 2, 3, 4], label: 0, score: 0.9 }));
});

describe("detection", () => {
  const outputs = seesOne();
  const model = constantNetwork(outputs.flat());

  test("finds the box where it was put, to a thousandth of a pixel, in every scene of several batches", () => {
    const many = rectangles(Array(260).fill([]));
    const found = detect(model, many, { ...FOR_METRICS, grid });
    expect(found).toHaveLength(260);
    for (const ofScene of found) {
      expect(ofScene).toHaveLength(1);
      expect(ofScene[0]).toMatchObject({ label: 1 });
      expect(ofScene[0]!.score).toBeCloseTo(1, 5);
      ofScene[0]!.box.forEach((side, i) => {
        expect(side).toBeCloseTo(SEEN[i]!, 3);
      });
    }
  });
  test("a threshold leaves out what is unsure", () => {
    const unsure = outputs.map((cell, i) => (i === 0 ? [-0.5, ...cell.slice(1)] : cell)); // 0.38 · ½
    const doubting = constantNetwork(unsure.flat());
    const one = rectangles([[]]);
    expect(detect(doubting, one, { ...FOR_METRICS, grid })[0]).toHaveLength(2);
    expect(detect(doubting, one, { ...FOR_PICTURES, grid })[0]).toHaveLength(1);
  });
});

describe("scores", () => {
  const scenes = rectangles(EIGHT);
  const perfect = scenes.objects.map((objects) => objects.map(({ box, label }) => ({ box, label, score: 0.9 })));
  test("boxes are judged on whole pixels where the truth is, and as they are where it is not", () => {
    const outputs = seesOne();
    outputs[4]![1] = 0.4 / 20; // 0.4 pixels to the right: an IoU of 0.94
    const one = rectangles([[{ box: SEEN, label: 1 }]]);
    const network = constantNetwork(outputs.flat());
    const rounded = judge(network, one, { grid, onPixels: true });
    expect(rounded.scores.mAP).toBe(1);
    expect(score(rounded.unrounded, one).mAP).toBeCloseTo(0.9, 9); // all thresholds but 0.95
    expect(judge(network, one, { grid, onPixels: false }).detections).toEqual(rounded.unrounded);
    network.dispose();
  });
  test("everything found: 1", () => expect(score(perfect, scenes)).toMatchObject({ mAP: 1, mAP50: 1, mAP75: 1 }));
  test("the wrong class: 0", () =>
    expect(
      score(
        perfect.map((found) => found.map((d) => ({ ...d, label: 1 - d.label }))),
        scenes,
      ).mAP,
    ).toBe(0));
  test("empty scenes only have no mAP", () =>
    expect(() => score([[]], rectangles([[]]))).toThrow("received empty scenes only"));
  test("the baseline, hand-worked: the cell's mean box [3, 3, 11, 11] and its commonest class", () => {
    const train = rectangles([
      [{ box: [2, 2, 10, 10], label: 1 }],
      [{ box: [4, 4, 12, 12], label: 1 }],
      [{ box: [3, 3, 11, 11], label: 0 }],
    ]);
    const mAP = (...objects: Parameters<typeof rectangles>[0][number]) =>
      meanBoxesScore(train, rectangles([objects]), grid);
    expect(mAP({ box: [3, 3, 11, 11], label: 1 })).toBe(1);
    expect(mAP({ box: [3, 3, 11, 11], label: 0 })).toBe(0);
    expect(mAP({ box: [3, 3, 11, 13], label: 1 })).toBeCloseTo(0.7, 9); // an IoU of 0.8: the thresholds 0.5 to 0.8
  });
});

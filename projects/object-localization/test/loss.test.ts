import { giou as exactGiou } from "@course/metrics";
import { tf, useBackend } from "@course/tf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BOX_LOSSES, giou, lossTerms, objectLoss, targetsOf } from "../src/loss.ts";
import { blankScenes } from "./cases.ts";
import golden from "./golden/losses.json" with { type: "json" };

await useBackend();

const size = [48, 60] as const;
const bce = (logits: number[], labels: number[]) => [
  ...objectLoss(tf.tensor1d(logits), tf.tensor1d(labels)).dataSync(),
];

describe("has-object", () => {
  test("3.1 hand-worked: p = 3/4", () => {
    const [yes, no] = bce([Math.log(3), Math.log(3)], [1, 0]) as [number, number];
    expect(yes).toBeCloseTo(-Math.log(0.75), 5);
    expect(no).toBeCloseTo(-Math.log(0.25), 5);
  });
  test("3.1 an undecided answer costs ln 2", () => expect(bce([0, 0], [0, 1])[1]).toBeCloseTo(Math.LN2, 6));
  test("3.1 a certain and wrong answer costs its logit, not infinity", () => {
    expect(bce([1000, -1000], [0, 1])).toEqual([1000, 1000]);
    expect(bce([1000, -1000], [1, 0])).toEqual([0, 0]);
  });
});

describe("GIoU", () => {
  const of = (a: number[], b: number[]) => giou(tf.tensor2d([a]), tf.tensor2d([b])).dataSync()[0]!;
  test("3.2 hand-worked: two of 2×2, one pixel shared", () =>
    // intersection 1, union 7, hull 9: 1/7 − 2/9
    expect(of([0, 0, 2, 2], [1, 1, 3, 3])).toBeCloseTo(1 / 7 - 2 / 9, 6));
  test("3.2 the same box gives 1; one inside another its share", () => {
    expect(of([3, 4, 8, 9], [3, 4, 8, 9])).toBeCloseTo(1, 6);
    expect(of([0, 0, 4, 4], [1, 1, 3, 3])).toBeCloseTo(0.25, 6);
  });
  test("3.2 falls as boxes move apart: 0 − (8 − 4) / 8, then 0 − (20 − 4) / 20", () => {
    expect(of([0, 0, 1, 2], [3, 0, 4, 2])).toBeCloseTo(-0.5, 6);
    expect(of([0, 0, 1, 2], [9, 0, 10, 2])).toBeCloseTo(-0.8, 6);
  });
  test("3.2 empty boxes give 0 and a finite gradient", () => {
    const empty = tf.zeros([1, 4]) as tf.Tensor2D;
    expect(giou(empty, empty).dataSync()[0]).toBe(0);
    const gradient = tf
      .grad((a) => tf.sum(giou(a as tf.Tensor2D, empty)))(empty)
      .dataSync();
    for (const value of gradient) expect(Number.isFinite(value)).toBe(true);
  });
  test("3.2 agrees with the metric on any boxes", () => {
    const box = fc
      .tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 40 })))
      .map(([x, y, w, h]) => [x, y, x! + w! + 1, y! + h! + 1] as unknown as [number, number, number, number]);
    fc.assert(
      fc.property(box, box, (a, b) => {
        expect(of([...a], [...b])).toBeCloseTo(exactGiou(a, b), 5);
      }),
    );
  });
  test("the box loss is 0 for the true box only", () => {
    const actual = tf.tensor2d([[3, 4, 8, 9]]);
    expect(BOX_LOSSES.giou(actual, actual).dataSync()[0]).toBeCloseTo(0, 5);
    expect(BOX_LOSSES.mse(actual, actual, size).dataSync()[0]).toBe(0);
    const beside = tf.tensor2d([[3, 4, 8, 10]]); // 25 of 30 pixels, the hull: GIoU 5/6; one of four corners' coordinates is off by a pixel
    expect(BOX_LOSSES.giou(beside, actual).dataSync()[0]).toBeCloseTo(1 / 6 + 1 / 40, 5);
    expect(BOX_LOSSES.mse(beside, actual, size).dataSync()[0]).toBeCloseTo((1 / 48) ** 2 / 4, 7);
  });
});

describe("the loss", () => {
  const targets = {
    hasObject: tf.tensor1d(golden.hasObject),
    boxes: tf.tensor2d(golden.boxes),
    labels: tf.tensor1d(golden.labels, "int32"),
  };
  test.each(["giou", "mse"] as const)("3.3 terms and gradient are PyTorch's (%s)", (boxLoss) => {
    const { gradient: expected, ...terms } = golden.losses[boxLoss];
    const outputs = tf.tensor2d(golden.outputs);
    const received = lossTerms(outputs, targets, { boxLoss, size });
    for (const [name, value] of Object.entries(terms))
      expect(received[name as keyof typeof received].dataSync()[0]).toBeCloseTo(value, 4);
    const sum = (z: tf.Tensor) => {
      const { object, box, class: classTerm } = lossTerms(z as tf.Tensor2D, targets, { boxLoss, size });
      return object.add(box).add(classTerm) as tf.Scalar;
    };
    const gradient = tf.grad(sum)(outputs).dataSync();
    expected.flat().forEach((value, i) => {
      expect(gradient[i]).toBeCloseTo(value, 4);
    });
  });
  test("3.3 an empty scene has a has-object term only, and its box and class get no gradient", () => {
    const empty = targetsOf(blankScenes([undefined]), [0]);
    const outputs = tf.tensor2d([Array.from({ length: 15 }, (_, i) => i / 10 - 0.3)]);
    const options = { boxLoss: "giou", size } as const;
    const { object, box, class: classTerm } = lossTerms(outputs, empty, options);
    expect([box, classTerm].map((term) => term.dataSync()[0])).toEqual([0, 0]);
    expect(object.dataSync()[0]).toBeCloseTo(Math.log(1 + Math.exp(-0.3)), 5);
    const rest = (z: tf.Tensor) => {
      const terms = lossTerms(z as tf.Tensor2D, empty, options);
      return terms.box.add(terms.class) as tf.Scalar;
    };
    expect([...tf.grad(rest)(outputs).dataSync()].every((value) => value === 0)).toBe(true);
  });
  test("3.3 is a mean over all scenes: with as many empty ones, box and class cost half", () => {
    const options = { boxLoss: "mse", size } as const;
    const object = { box: [10, 10, 20, 30], label: 3 };
    const [alone, half] = [[object], [object, undefined]].map((objects) => {
      const batch = targetsOf(
        blankScenes(objects),
        objects.map((_, i) => i),
      );
      return lossTerms(tf.ones([objects.length, 15]) as tf.Tensor2D, batch, options);
    }) as [ReturnType<typeof lossTerms>, ReturnType<typeof lossTerms>];
    for (const term of ["box", "class"] as const)
      expect(half[term].dataSync()[0]).toBeCloseTo(alone[term].dataSync()[0]! / 2, 5);
  });
});

test("targets of a batch, in the order asked for; an empty scene is 0", () => {
  const scenes = blankScenes([{ box: [1, 2, 3, 4], label: 7 }, undefined]);
  const { hasObject, boxes, labels } = targetsOf(scenes, [1, 0]);
  expect([...hasObject.dataSync()]).toEqual([0, 1]);
  expect(boxes.arraySync()).toEqual([
    [0, 0, 0, 0],
    [1, 2, 3, 4],
  ]);
  expect([...labels.dataSync()]).toEqual([0, 7]);
});

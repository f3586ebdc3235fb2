import { giou } from "@course/metrics";
import { tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { buildGrid, toBox } from "../src/grid.ts";
import { boxLoss, decodeBoxes, lossTerms, objectLoss, targetsOf } from "../src/loss.ts";
import { EIGHT, grid, numbers } from "./cases.ts";

await useBackend();

const flat = (scenes: typeof EIGHT) =>
  Float32Array.from(scenes.flatMap((objects) => [...buildGrid(objects, grid, "scene")]));

describe("targets", () => {
  test("has-object, corners and labels, cell by cell", () => {
    const { hasObject, boxes, labels } = targetsOf(flat(EIGHT.slice(2, 4)), grid);
    expect([...hasObject.dataSync()]).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]);
    const corners = boxes.arraySync();
    [22, 1, 37, 19].forEach((side, i) => {
      expect(corners[0]![1]![i]).toBeCloseTo(side, 4);
    });
    expect([labels.arraySync()[0]![1], labels.arraySync()[1]![3], labels.dtype]).toEqual([1, 1, "int32"]);
  });
});

describe("decoded boxes", () => {
  const decode = (cells: number[][]) => decodeBoxes(tf.tensor3d([cells]), grid).arraySync()[0]!;
  test("3.1 hand-worked: outputs of 0 are the cells themselves", () => {
    const boxes = decode(Array(6).fill([0, 0, 0, 0]));
    expect(boxes).toEqual([
      [0, 0, 20, 24],
      [20, 0, 40, 24],
      [40, 0, 60, 24],
      [0, 24, 20, 48],
      [20, 24, 40, 48],
      [40, 24, 60, 48],
    ]);
  });
  test("3.1 hand-worked: the centre moves by cells, sides grow by factors of e", () => {
    const cells = Array(6).fill([0, 0, 0, 0]);
    cells[4] = [0.25, -0.5, Math.log(0.5), Math.log(2)]; // centre (30 + 5, 36 − 12), sides 10 and 48
    [30, 0, 40, 48].forEach((side, i) => {
      expect(decode(cells)[4]![i]).toBeCloseTo(side, 4);
    });
  });
  test("3.1 agrees with toBox, which the targets are made by", () => {
    const values = numbers(24, { low: -1, high: 1 });
    const boxes = decodeBoxes(tf.tensor3d(values, [1, 6, 4]), grid).arraySync()[0]!;
    boxes.forEach((box, cell) => {
      const [x, y, w, h] = values.subarray(4 * cell, 4 * cell + 4) as unknown as [number, number, number, number];
      toBox([x + 0.5, y + 0.5, Math.exp(w), Math.exp(h)], cell, grid).forEach((side, i) => {
        expect(box[i]).toBeCloseTo(side, 3);
      });
    });
  });
  test("3.1 outputs of sides are clipped to ±2: none is longer than e² cells or shorter than e⁻²", () => {
    const [xMin, yMin, xMax, yMax] = decode(Array(6).fill([0, 0, 1e4, -1e4]))[0] as [number, number, number, number];
    expect(xMax - xMin).toBeCloseTo(20 * Math.exp(2), 3);
    expect(yMax - yMin).toBeCloseTo(24 * Math.exp(-2), 3);
  });
});

describe("has-object's loss", () => {
  const loss = (z: number, y: number) => objectLoss(tf.tensor2d([[z]]), tf.tensor2d([[y]])).dataSync()[0]!;
  test("3.2 hand-worked: −log p of what is there", () => {
    expect(loss(0, 1)).toBeCloseTo(Math.log(2), 6);
    expect(loss(Math.log(3), 1)).toBeCloseTo(-Math.log(0.75), 6); // p = 3/4
    expect(loss(Math.log(3), 0)).toBeCloseTo(-Math.log(0.25), 6);
  });
  test("3.2 wrong and certain costs the logit, not infinity", () => {
    expect(loss(1000, 0)).toBeCloseTo(1000, 2);
    expect(loss(-1000, 0)).toBe(0);
  });
});

describe("the boxes' loss", () => {
  const loss = (a: number[], b: number[]) => boxLoss(tf.tensor3d([[a]]), tf.tensor3d([[b]])).dataSync()[0]!;
  test("3.3 hand-worked: half a box", () => {
    // IoU ½, hull = union: GIoU ½; corners off by 0, 0, 0, 10: 2.5 pixels
    expect(loss([0, 0, 10, 20], [0, 0, 10, 10])).toBeCloseTo(0.5 + 0.25, 6);
  });
  test("3.3 the same box costs nothing", () => expect(loss([3, 4, 10, 20], [3, 4, 10, 20])).toBeCloseTo(0, 6));
  test("3.3 GIoU as @course/metrics has it, also apart", () => {
    const sides = numbers(80, { high: 30 });
    for (let i = 0; i < 10; i++) {
      const [x, y, w, h, x2, y2, w2, h2] = sides.subarray(8 * i) as unknown as number[];
      const a = [x!, y!, x! + w!, y! + h!] as const;
      const b = [x2!, y2!, x2! + w2!, y2! + h2!] as const;
      const pixels = a.reduce((sum, side, k) => sum + Math.abs(side - b[k]!), 0) / 4;
      expect(loss([...a], [...b])).toBeCloseTo(1 - giou(a, b) + pixels / 10, 4);
    }
  });
});

describe("the terms", () => {
  const outputs = (values = numbers(8 * 42, { low: -1, high: 1 })) => tf.tensor4d(values, [8, 2, 3, 7]);
  const read = (y: tf.Tensor4D, scenes = EIGHT) => {
    const { object, box, class: label } = lossTerms(y, targetsOf(flat(scenes), grid), grid);
    return [object, box, label].map((term) => term.dataSync()[0]!);
  };
  test("3.4 hand-worked: outputs of 0, one object in two scenes", () => {
    // object: six cells of ln 2 in each scene. The box [20, 0, 40, 12] in its cell of 24: GIoU ½, off by 12 / 4 pixels.
    // class: ln 2. Both a mean over two scenes, one of them empty
    const scenes = [[], [{ box: [20, 0, 40, 12], label: 1 }]] as const;
    const [object, box, label] = read(tf.zeros([2, 2, 3, 7]), scenes as never);
    expect(object).toBeCloseTo(6 * Math.log(2), 5);
    expect(box).toBeCloseTo((0.5 + 0.3) / 2, 5);
    expect(label).toBeCloseTo(Math.log(2) / 2, 5);
  });
  test("3.4 a scene twice costs as much as once: a sum over cells, but a mean over scenes", () => {
    const values = numbers(42, { low: -1, high: 1 });
    const once = read(tf.tensor4d(values, [1, 2, 3, 7]), [EIGHT[3]!]);
    const twice = read(tf.tensor4d([...values, ...values], [2, 2, 3, 7]), [EIGHT[3]!, EIGHT[3]!]);
    once.forEach((term, i) => {
      expect(twice[i]).toBeCloseTo(term, 4);
    });
  });
  test("3.4 boxes and classes of empty cells cost nothing", () => {
    const before = outputs();
    const changed = before.arraySync();
    for (let c = 1; c < 7; c++) changed[0]![1]![2]![c] = 9; // scene 0 is empty
    const [a, b] = [read(before), read(tf.tensor4d(changed))];
    expect(b).toEqual(a);
  });
  test("3.4 gradients agree with central differences", () => {
    const values = numbers(2 * 42, { seed: 3, low: -0.8, high: 0.8 });
    const targets = targetsOf(flat([EIGHT[3]!, EIGHT[5]!]), grid);
    const total = (y: tf.Tensor) => {
      const terms = lossTerms(y as tf.Tensor4D, targets, grid);
      return terms.object.add(terms.box).add(terms.class) as tf.Scalar;
    };
    const received = tf
      .grad(total)(tf.tensor4d(values, [2, 2, 3, 7]))
      .dataSync();
    const expected = values.map((_, i) => {
      const at = (step: number) =>
        tf.tidy(
          () =>
            total(
              tf.tensor4d(
                values.map((value, k) => (k === i ? value + step : value)),
                [2, 2, 3, 7],
              ),
            ).dataSync()[0]!,
        );
      return (at(1e-2) - at(-1e-2)) / 2e-2;
    });
    const length = (list: ArrayLike<number>) => Math.hypot(...Array.from(list));
    expect(length(expected.map((value, i) => value - received[i]!)) / length(expected)).toBeLessThan(5e-3); // |a − b| has corners
  });
});

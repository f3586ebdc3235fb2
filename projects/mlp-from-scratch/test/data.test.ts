import { createRandom } from "@course/core";
import { findLeaks } from "@course/data";
import { describe, expect, test } from "vitest";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { baselines } from "../report/baselines.ts";
import { firstClasses, loadSplits, toBatch } from "../src/data.ts";
import { evaluate } from "../src/evaluate.ts";
import { Mlp } from "../src/mlp.ts";

const splits = await loadSplits("fashion-mnist", createRandom(1), { offline: true, limit: 1200 });
const { train, validation, test: held } = splits;

describe("splits", () => {
  test("eleven twelfths train and one validates, of every class", () => {
    const { length: count } = [...train.labels, ...validation.labels];
    expect(validation.labels.length).toBeCloseTo(count / 12, -1);
    for (let label = 0; label < 10; label++) {
      const ofClass = validation.labels.filter((other) => other === label).length;
      expect(Math.abs(ofClass - count / 120)).toBeLessThanOrEqual(1);
    }
  });
  test("no image is in two splits", () => {
    expect(findLeaks(train, validation)).toBe(0);
    expect(findLeaks(train, held)).toBe(0);
    expect(findLeaks(validation, held)).toBe(0);
  });
  test("the seed decides", async () => {
    const [same, other] = [createRandom(1), createRandom(2)].map((random) =>
      loadSplits("fashion-mnist", random, { offline: true, limit: 1200 }),
    );
    expect((await same!).validation.labels).toEqual(validation.labels);
    expect((await other!).validation.labels).not.toEqual(validation.labels);
  });
  test("a batch is [batch, 784] in [0, 1]", () => {
    const { x, labels } = toBatch(train, Uint32Array.of(3, 5));
    expect(x.shape).toEqual([2, 784]);
    expect(x.data[300]).toBe(Math.fround(train.images[3 * 784 + 300]! / 255));
    expect(Math.max(...x.data)).toBeGreaterThan(0.5);
    expect(Math.max(...x.data)).toBeLessThanOrEqual(1);
    expect([...labels]).toEqual([train.labels[3], train.labels[5]]);
  });
});

test("the first classes of a set, as for CIFAR-2", () => {
  const [images, labels, classes] = [Uint8Array.of(10, 20, 30, 40), Uint8Array.of(1, 2, 0, 1), ["a", "b", "c"]];
  const two = firstClasses({ images, labels, classes, shape: [4, 1, 1, 1] }, 2);
  expect([...two.images]).toEqual([10, 30, 40]);
  expect([...two.labels]).toEqual([1, 0, 1]);
  expect(two.classes).toEqual(["a", "b"]);
  expect(two.shape).toEqual([3, 1, 1, 1]);
});

describe("evaluation", () => {
  test("means are over examples, not over batches", async () => {
    const arithmetic = await loadFloat32();
    const model = new Mlp([784, 10], { activation: "relu", random: createRandom(3), arithmetic });
    const whole = evaluate(model, train); // batches of 500, 500, … and a smaller one
    const single = Array.from(train.labels.keys(), (i) => toBatch(train, Uint32Array.of(i)));
    const right = single.filter(({ x, labels }) => {
      const logits = [...model.forward(x).data];
      return logits.indexOf(Math.max(...logits)) === labels[0];
    });
    expect(whole.accuracy).toBeCloseTo(right.length / train.labels.length, 12);
    expect(whole.predicted).toHaveLength(train.labels.length);
  });
  test("the mean image of a class is a far better rule than the largest class", () => {
    const { "majority class": majority, "nearest mean image": nearest } = baselines(train, held);
    expect(majority).toBeCloseTo(0.1, 12);
    expect(nearest).toBeGreaterThan(0.55);
  });
});

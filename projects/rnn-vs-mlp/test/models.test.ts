import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import type { ModelName } from "../src/config.ts";
import { build, MODELS } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

const ITEMS: Readonly<Record<ModelName, string>> = {
  mlp: "2.1",
  "mlp-deep": "2.2",
  gru: "2.3",
  bilstm: "2.4",
  attention: "2.5",
};
const each = MODELS.map((name) => [ITEMS[name], name] as const);
const noise = (shape: [number, number, number], seed = 5) => {
  const random = createRandom(seed);
  return tf.tensor3d(
    Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random.normal()),
    shape,
  );
};
const count = (variables: readonly tf.Variable[]) => variables.reduce((sum, { size }) => sum + size, 0);

describe("models", () => {
  test.each(each)("%s %s: twelve logits for each gap, also for one gap and one word each side", (_, name) => {
    expect(build(name).logits(noise([5, 4, 6])).shape).toEqual([5, 12]);
    expect(build(name, { context: 1, dimension: 3 }).logits(noise([1, 2, 3])).shape).toEqual([1, 12]);
  });
  test("parameters, hand-worked (context 2, dimension 6, hidden 16, units 8)", () => {
    const last = (inputs: number) => inputs * 12 + 12;
    expect(count(build("mlp").variables)).toBe(24 * 16 + 16 + last(16));
    expect(count(build("mlp-deep").variables)).toBe(24 * 32 + 32 + 32 * 16 + 16 + last(16));
    expect(count(build("gru").variables)).toBe(2 * 3 * 8 * (6 + 8 + 1) + last(16));
    expect(count(build("bilstm").variables)).toBe(2 * 4 * 4 * (6 + 4 + 1) + last(16));
    // place 4·8 + 8, word 6·8 + 8, heads 8·8 + 8, then 8 heads · 8 units → 16
    expect(count(build("attention").variables)).toBe(40 + 56 + 72 + 64 * 16 + 16 + last(16));
  });
  test.each(each)("%s %s: each place counts; gaps of a batch do not mix", (_, name) => {
    const model = build(name);
    const x = noise([3, 4, 6]);
    const all = model.logits(x).arraySync() as number[][];
    expect((model.logits(x.slice([1, 0, 0], [1, -1, -1])).arraySync() as number[][])[0]).toEqual(
      all[1]!.map((value) => expect.closeTo(value, 4)),
    );
    for (let place = 0; place < 4; place++) {
      const bump = tf.tensor3d(
        Float32Array.from({ length: 24 }, (_, i) => Number(Math.floor(i / 6) === place)),
        [1, 4, 6],
      );
      expect((model.logits(tf.add(x, bump)).arraySync() as number[][])[0]).not.toEqual(all[0]);
    }
  });
  test.each(each)("%s %s: the order of the words matters", (_, name) => {
    const model = build(name);
    const x = noise([1, 4, 6]);
    const difference = tf.max(tf.abs(tf.sub(model.logits(x), model.logits(tf.reverse(x, 1))))).dataSync()[0];
    expect(difference).toBeGreaterThan(1e-3);
  });
  test.each(each)("%s %s: each weight counts", (_, name) => {
    const model = build(name);
    const x = noise([1, 4, 6]);
    model.variables.forEach((variable, i) => {
      if (name === "attention" && i === 5) return; // what all scores of a head share is nothing to a softmax
      const before = [...model.logits(x).dataSync()];
      variable.assign(tf.add(variable, 0.1));
      expect([...model.logits(x).dataSync()]).not.toEqual(before);
    });
  });
  test("2.3 gru: each reads towards the gap, the words next to it last", () => {
    const model = build("gru", { context: 6 });
    const x = noise([1, 12, 6]);
    const base = model.logits(x);
    const effect = (place: number) => {
      const bump = tf.tensor3d(
        Float32Array.from({ length: 72 }, (_, i) => Number(Math.floor(i / 6) === place)),
        [1, 12, 6],
      );
      return tf.sum(tf.abs(tf.sub(model.logits(tf.add(x, bump)), base))).dataSync()[0]!;
    };
    // an untrained GRU forgets: what it read first matters less than what it read last
    expect(effect(5)).toBeGreaterThan(3 * effect(0));
    expect(effect(6)).toBeGreaterThan(3 * effect(11));
  });
  test("2.5 attention: words of equal values get the mean, whatever the scores", () => {
    const model = build("attention");
    const [place] = model.variables;
    place!.assign(tf.zeros(place!.shape)); // no positions: order cannot matter now
    const x = noise([1, 4, 6]);
    const difference = tf.max(tf.abs(tf.sub(model.logits(x), model.logits(tf.reverse(x, 1))))).dataSync()[0];
    expect(difference).toBeLessThan(1e-5);
    const same = tf.tile(x.slice([0, 0, 0], [1, 1, -1]), [1, 4, 1]) as tf.Tensor3D;
    const one = build("attention", { context: 1 });
    one.variables.forEach((variable, i) => {
      if (i > 0) variable.assign(model.variables[i]!);
      else variable.assign(tf.zeros(variable.shape));
    });
    const [four, two] = [model.logits(same), one.logits(same.slice([0, 0, 0], [1, 2, -1]))];
    expect(tf.max(tf.abs(tf.sub(four, two))).dataSync()[0]).toBeLessThan(1e-5);
  });
  test.each(each)("%s %s: dropout in training only, another mask at each step", (_, name) => {
    const model = build(name, { dropout: 0.5 });
    const x = noise([2, 4, 6]);
    const logits = (step?: number) => [...model.logits(x, step).dataSync()];
    expect(logits()).toEqual(logits());
    expect(logits(1)).toEqual(logits(1));
    expect(logits(1)).not.toEqual(logits(2));
  });
});

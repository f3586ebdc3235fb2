import { tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import type { Model } from "../src/models.ts";
import { build } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

/** Sets a model's weights, in their order but for the last layer's; gives what comes before that layer for words of one number. */
function bodyOf({ variables, logits }: Model, weights: readonly number[][], words: number[], step?: number): number[] {
  weights.forEach((values, i) => {
    variables[i]!.assign(tf.tensor(values, variables[i]!.shape));
  });
  const kernel = variables.at(-2)!;
  const [width] = kernel.shape as [number, number];
  kernel.assign(tf.eye(width, 12)); // the first logits are then the body's numbers
  return [
    ...logits(tf.tensor3d(words, [1, words.length, 1]), step)
      .dataSync()
      .slice(0, width),
  ];
}

describe("what comes before the last layer", () => {
  const first = [
    [1, -1, 10, 1],
    [0.5, 0],
  ];
  test("2.1 mlp, hand-worked: two words side by side, one layer, relu", () => {
    const model = build("mlp", { context: 1, dimension: 1, hidden: 2 });
    // [3, 2] → [3 + 20 + ½, −3 + 2] = [23.5, −1] → relu [23.5, 0]
    expect(bodyOf(model, first, [3, 2])).toEqual([23.5, 0]);
  });
  test("2.2 mlp-deep, hand-worked: relu after both layers", () => {
    const model = build("mlp-deep", { context: 1, dimension: 1, hidden: 1 });
    const weights = [...first, [1, 100], [-20]];
    // as above [23.5, 0] → 23.5 − 20 = 3.5; [1, 0] → [1.5, −1] → relu [1.5, 0] → −18.5 → relu 0
    expect(bodyOf(model, weights, [3, 2])).toEqual([3.5]);
    expect(bodyOf(model, weights, [1, 0])).toEqual([0]);
  });
  test("2.4 bilstm, hand-worked: at the gap and at most, sums of the signs that each direction has read", () => {
    const model = build("bilstm", { context: 2, dimension: 1, units: 2 });
    const rest = [Array(4).fill(0), [50, 50, 0, 50]]; // all gates open: the cell adds up tanh(9x) = ±1
    const weights = [[0, 0, 9, 0], ...rest, [0, 0, -9, 0], ...rest]; // backwards the other sign
    // 1 −1 gap 1 1: forwards 1 0 0 1 2, at the gap 0, at most 2; backwards −2 −1 −2 −2 −1, at the gap −2, at most −1
    const body = bodyOf(model, weights, [1, -1, 1, 1]).sort((a, b) => a - b);
    expect(body).toEqual([-2, -1, 0, 2].map((sum) => expect.closeTo(Math.tanh(sum), 5)));
  });
  test("2.5 attention, hand-worked: large scores choose one place's value, equal ones give the mean; relu", () => {
    const model = build("attention", { context: 1, dimension: 1, units: 1, hidden: 4 });
    const query = [50, -50, 0, 0, 0, 0, 0, 0]; // heads that look for the largest value, the smallest, and for none
    const last = [[1, 0, 0, -1], [0, 1, 0, 0], [0, 0, 1, 0], Array(20).fill(0)].flat();
    const weights = [[0, 0], [0], [1], [0], query, Array(8).fill(0), last, Array(4).fill(0)];
    // values 1 and 3: heads 3, 1, 2, …; the last layer gives these three and −3
    expect(bodyOf(model, weights, [1, 3])).toEqual([3, 1, 2, 0].map((value) => expect.closeTo(value, 5)));
  });
  test.each([
    ["2.2", "mlp-deep"],
    ["2.5", "attention"],
  ] as const)("%s %s: in training some inputs of the upper layer are dropped", (_, name) => {
    const model = build(name, { context: 1, dimension: 1, hidden: 12, dropout: 0.5 });
    const ones = model.variables.map(({ shape, size }) => Array(size).fill(shape.length - 1)); // biases 0
    // each number is the sum of those inputs, and half of the numbers are dropped: one maximum at all steps, were that all
    const maxima = Array.from({ length: 8 }, (_, step) => Math.max(...bodyOf(model, ones, [1, 0], step)));
    expect(new Set(maxima).size).toBeGreaterThan(2);
  });
});

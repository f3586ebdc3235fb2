import { assertClose } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import type { Parameter } from "../src/layer.ts";
import { cosine, Sgd, softThreshold } from "../src/sgd.ts";
import { tensor } from "./cases.ts";

const plain = { momentum: 0, l2: 0, l1: 0 };

function parameter(values: number[], { isRegularised = true } = {}): Parameter {
  return { value: tensor(values), grad: tensor(values.map(() => 0)), isRegularised };
}

/** The values after one step for each of these gradients. */
function train(optimizer: Sgd, { value, grad }: Parameter, gradients: readonly number[][], learningRate: number) {
  for (const gradient of gradients) {
    grad.data.set(gradient);
    optimizer.step(learningRate);
  }
  return value.data;
}

describe("momentum", () => {
  test("6.1 without momentum: w − learningRate · gradient", () => {
    const w = parameter([1, -2]);
    assertClose("w", train(new Sgd([w], plain), w, [[0.5, -4]], 0.1), [0.95, -1.6], { absolute: 1e-15 });
  });
  test("6.1 hand-worked over three steps", () => {
    const w = parameter([1]);
    // v = 2, then 0.5·2 + 2 = 3, then 0.5·3 − 1 = 0.5; w = 1 − 0.1·(2 + 3 + 0.5)
    const values = train(new Sgd([w], { ...plain, momentum: 0.5 }), w, [[2], [2], [-1]], 0.1);
    assertClose("w", values, [0.45], { absolute: 1e-15 });
  });
  test("6.1 every parameter has a velocity of its own, biases included", () => {
    const [a, b] = [parameter([0, 0]), parameter([0], { isRegularised: false })];
    const optimizer = new Sgd([a, b], { ...plain, momentum: 0.9 });
    a.grad.data.set([1, 0]);
    b.grad.data.set([2]);
    optimizer.step(1);
    optimizer.step(1);
    assertClose("a", a.value.data, [-2.9, 0], { absolute: 1e-15 });
    assertClose("b", b.value.data, [-5.8], { absolute: 1e-15 });
  });
  test("6.1 reads the gradient and leaves it", () => {
    const w = parameter([1]);
    train(new Sgd([w], { momentum: 0.9, l2: 0.1, l1: 0.1 }), w, [[3]], 0.1);
    expect(w.grad.data[0]).toBe(3);
  });
  test("6.1 zeroGradients begins a new sum; the velocity goes on", () => {
    const w = parameter([0]);
    const optimizer = new Sgd([w], { ...plain, momentum: 0.5 });
    train(optimizer, w, [[1]], 1);
    optimizer.zeroGradients();
    expect(w.grad.data[0]).toBe(0);
    optimizer.step(1); // v = 0.5
    expect(w.value.data[0]).toBe(-1.5);
  });
});

describe("L2", () => {
  test("6.2 hand-worked: the gradient of l2 / 2 · w² is l2 · w", () => {
    const w = parameter([2, -4]);
    // v = 1 + 0.5·2 = 2 and 0 + 0.5·(−4) = −2
    assertClose("w", train(new Sgd([w], { ...plain, l2: 0.5 }), w, [[1, 0]], 0.1), [1.8, -3.8], { absolute: 1e-15 });
  });
  test("6.2 goes through the momentum", () => {
    const w = parameter([1]);
    // v = 0.1·1, w = 0.9; v = 0.5·0.1 + 0.1·0.9 = 0.14, w = 0.76
    const values = train(new Sgd([w], { ...plain, momentum: 0.5, l2: 0.1 }), w, [[0], [0]], 1);
    assertClose("w", values, [0.76], { absolute: 1e-15 });
  });
  test("6.2 leaves the bias alone", () => {
    const bias = parameter([5], { isRegularised: false });
    expect(train(new Sgd([bias], { ...plain, l2: 1 }), bias, [[0], [0]], 0.1)[0]).toBe(5);
  });
});

describe("L1", () => {
  test("6.3 soft threshold", () => {
    expect([3, -3, 0.5, -0.5, 0, 1].map((w) => softThreshold(w, 1))).toEqual([2, -2, 0, -0, 0, 0]);
    expect(softThreshold(Number.NaN, 1)).toBeNaN();
  });
  test("6.3 hand-worked: a threshold of learningRate · l1 / (1 − momentum), after the step", () => {
    const w = parameter([0.5, -0.5, 0.1]);
    // v = gradient; moved = 0.48, −0.48, 0.12; threshold = 0.1·1 / (1 − 0.5) = 0.2
    const values = train(new Sgd([w], { momentum: 0.5, l2: 0, l1: 1 }), w, [[0.2, -0.2, -0.2]], 0.1);
    assertClose("w", values, [0.28, -0.28, 0], { absolute: 1e-15 });
    expect(Math.abs(values[2])).toBe(0);
  });
  test.each([0, 0.9])("6.3 comes to rest at the minimum of ½ (w − 3)² + l1·|w| (momentum %f)", (momentum) => {
    const w = parameter([3, 0.2]);
    const optimizer = new Sgd([w], { momentum, l2: 0, l1: 0.5 });
    for (let step = 0; step < 2000; step++) {
      w.grad.data.set([w.value.data[0] - 3, w.value.data[1] - 0.2]);
      optimizer.step(0.02);
    }
    // w = 3 − 0.5; and exactly 0 where the pull of the data, 0.2, is weaker than l1
    assertClose("w", w.value.data, [2.5, 0], { absolute: 1e-9 });
    expect(Math.abs(w.value.data[1])).toBe(0);
  });
  test("6.3 leaves the bias alone", () => {
    const bias = parameter([5], { isRegularised: false });
    expect(train(new Sgd([bias], { ...plain, l1: 1 }), bias, [[0]], 0.1)[0]).toBe(5);
  });
});

describe("cosine schedule", () => {
  test("6.4 begins at the peak, is half of it half-way, and ends at 0", () => {
    expect(cosine(0.1, 0, 100)).toBe(0.1);
    expect(cosine(0.1, 50, 100)).toBeCloseTo(0.05, 15);
    expect(cosine(0.1, 25, 100)).toBeCloseTo(0.05 * (1 + Math.SQRT1_2), 15);
    expect(cosine(0.1, 100, 100)).toBeCloseTo(0, 15);
  });
  test("6.4 only falls", () => {
    const rates = Array.from({ length: 51 }, (_, step) => cosine(1, step, 50));
    expect(rates.slice(1).every((rate, i) => rate < rates[i]!)).toBe(true);
  });
});

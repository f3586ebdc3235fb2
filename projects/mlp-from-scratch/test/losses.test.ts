import { createRandom } from "@course/core";
import { assertClose, assertGradient, numericGradient } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logSumExp, meanSquaredError, softmax, softmaxCrossEntropy } from "../src/losses.ts";
import { randomTensor, tensor } from "./cases.ts";

const row = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 6 });

describe("log of the sum of exponentials", () => {
  test("4.1 hand-worked", () =>
    expect(logSumExp(Float64Array.of(0, Math.log(3), Math.log(4)))).toBeCloseTo(Math.log(8), 15));
  test("4.1 neither overflows nor underflows", () => {
    expect(logSumExp(Float64Array.of(1000, 1000))).toBe(1000 + Math.LN2);
    expect(logSumExp(Float64Array.of(-1000, -1000))).toBe(-1000 + Math.LN2);
    expect(logSumExp(Float64Array.of(1000, -1000))).toBe(1000);
  });
  test("4.1 is at least the maximum, at most ln n more, and moves with a shift", () =>
    fc.assert(
      fc.property(row, fc.double({ min: -100, max: 100, noNaN: true }), (z, shift) => {
        const value = logSumExp(Float64Array.from(z));
        const above = value - Math.max(...z);
        expect(above).toBeGreaterThanOrEqual(0);
        expect(above).toBeLessThanOrEqual(Math.log(z.length) + 1e-12);
        expect(logSumExp(Float64Array.from(z, (logit) => logit + shift))).toBeCloseTo(value + shift, 10);
      }),
    ));
  test("4.1 passes NaN on, so that a run can stop at it", () =>
    expect(logSumExp(Float64Array.of(1, Number.NaN))).toBeNaN());
});

describe("softmax", () => {
  test("4.2 hand-worked", () => {
    // e^z = 1, 3 and 4, which sum to 8
    assertClose("p", softmax(tensor([0, Math.log(3), Math.log(4)])).data, [1 / 8, 3 / 8, 4 / 8], { absolute: 1e-15 });
  });
  test("4.2 each row by itself", () =>
    assertClose("p", softmax(tensor([0, 0], [5, 5], [0, 1000])).data, [0.5, 0.5, 0.5, 0.5, 0, 1], { absolute: 1e-14 }));
  test("4.2 finite at ±1000", () => {
    assertClose("p", softmax(tensor([1000, -1000, 1000])).data, [0.5, 0, 0.5], { absolute: 1e-12 });
    assertClose("p", softmax(tensor([-1000, -1000])).data, [0.5, 0.5], { absolute: 1e-12 });
  });
  test("4.2 sums to 1, lies in [0, 1], and forgets a shift of the row", () =>
    fc.assert(
      fc.property(row, fc.double({ min: -100, max: 100, noNaN: true }), (z, shift) => {
        const p = softmax(tensor(z)).data;
        assertClose("sum", [[...p].reduce((sum, value) => sum + value, 0)], [1], { absolute: 1e-12 });
        expect([...p].every((value) => value >= 0 && value <= 1)).toBe(true);
        assertClose("shifted", softmax(tensor(z.map((value) => value + shift))).data, p, { absolute: 1e-12 });
      }),
    ));
});

describe("softmax cross-entropy", () => {
  test("4.3 hand-worked loss and gradient", () => {
    // p = (1/4, 3/4) twice; labels 1 and 0: loss = (−ln ¾ − ln ¼) / 2, gradient = (p − one-hot) / 2
    const { loss, gradient } = softmaxCrossEntropy(tensor([0, Math.log(3)], [0, Math.log(3)]), [1, 0]);
    expect(loss).toBeCloseTo((-Math.log(0.75) - Math.log(0.25)) / 2, 14);
    assertClose("gradient", gradient.data, [0.125, -0.125, -0.375, 0.375], { absolute: 1e-15 });
  });
  test("4.3 equal logits cost ln of the number of classes", () =>
    expect(softmaxCrossEntropy(tensor(new Array(10).fill(3)), [7]).loss).toBeCloseTo(Math.log(10), 14));
  test("4.3 stable at ±1000: a certain, wrong answer costs 2000 nats, not infinity", () => {
    const logits = tensor([1000, -1000], [1000, -1000]);
    const { loss, gradient } = softmaxCrossEntropy(logits, [0, 1]);
    expect(loss).toBe(1000); // mean of 0 and 2000
    expect([...gradient.data]).toEqual([0, 0, 0.5, -0.5]);
  });
  test.each([
    [1, 1],
    [1, 4],
    [3, 2],
    [5, 7],
  ])("4.3 gradient matches central differences (batch %i, classes %i)", (batch, classes) => {
    const random = createRandom(21);
    const logits = randomTensor(batch, classes, random);
    const labels = Uint8Array.from({ length: batch }, () => random.integer(0, classes));
    const upstream = random.uniform(-3, 3);
    const numeric = numericGradient(() => upstream * softmaxCrossEntropy(logits, labels).loss, logits.data);
    assertGradient(
      "logits",
      softmaxCrossEntropy(logits, labels).gradient.data.map((d) => upstream * d),
      numeric,
    );
  });
  test("4.3 is a mean over the batch: the same rows twice cost the same", () => {
    const once = tensor([1, 2, 3], [0, -1, 1]);
    const twice = tensor([1, 2, 3], [0, -1, 1], [1, 2, 3], [0, -1, 1]);
    expect(softmaxCrossEntropy(twice, [0, 2, 0, 2]).loss).toBeCloseTo(softmaxCrossEntropy(once, [0, 2]).loss, 14);
  });
  test("4.3 counts the labels", () =>
    expect(() => softmaxCrossEntropy(tensor([1, 2], [3, 4]), [0])).toThrow(
      "softmaxCrossEntropy labels: expected [batch=2], received [1]",
    ));
});

describe("mean squared error", () => {
  test("4.4 hand-worked", () => {
    // differences 1, −2, 0, 4: (1 + 4 + 0 + 16) / 4, gradient 2·difference / 4
    const { loss, gradient } = meanSquaredError(tensor([2, 0], [5, 4]), tensor([1, 2], [5, 0]));
    expect(loss).toBe(5.25);
    expect([...gradient.data]).toEqual([0.5, -1, 0, 2]);
  });
  test.each([
    [1, 1],
    [3, 2],
    [2, 5],
  ])("4.4 gradient matches central differences (batch %i, outputs %i)", (batch, width) => {
    const random = createRandom(22);
    const outputs = randomTensor(batch, width, random);
    const targets = randomTensor(batch, width, random);
    const upstream = random.uniform(-3, 3);
    const numeric = numericGradient(() => upstream * meanSquaredError(outputs, targets).loss, outputs.data);
    assertGradient(
      "outputs",
      meanSquaredError(outputs, targets).gradient.data.map((d) => upstream * d),
      numeric,
    );
  });
  test("4.4 says which axis is wrong", () =>
    expect(() => meanSquaredError(tensor([1, 2]), tensor([1], [2]))).toThrow(
      "meanSquaredError targets: expected [batch=1, outputs=2], received [2, 1]",
    ));
});

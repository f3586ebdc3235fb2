import { createRandom } from "@course/core";
import { assertGradient, numericGradient } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import { float64 } from "../arithmetic/float64.ts";
import { Activation, functionOf, slopeOf } from "../src/activations.ts";
import { dot, randomTensor, tensor } from "./cases.ts";

const value = (name: (typeof names)[number], x: number) => functionOf(name)(x);
const slope = (name: (typeof names)[number], y: number) => slopeOf(name)(y);
const names = ["relu", "tanh", "sigmoid"] as const;

describe("activations", () => {
  test("3.1 hand-worked values", () => {
    expect([-2, 0, 3].map((x) => value("relu", x))).toEqual([0, 0, 3]);
    expect(value("tanh", Math.log(2))).toBeCloseTo(0.6, 15); // (2 − 1/2) / (2 + 1/2)
    expect(value("sigmoid", Math.log(3))).toBeCloseTo(0.75, 15); // 3 / (3 + 1)
    expect(value("sigmoid", 0)).toBe(0.5);
  });
  test("3.1 saturates without overflow", () => {
    expect([-1000, 1000].map((x) => value("sigmoid", x))).toEqual([0, 1]);
    expect([-1000, 1000].map((x) => value("tanh", x))).toEqual([-1, 1]);
  });
  test.each(names)("3.1 %s passes NaN on, so that a run can stop at it", (name) =>
    expect(value(name, Number.NaN)).toBeNaN(),
  );
  test("3.1 works on every element and leaves x alone", () => {
    const x = tensor([-1, 2, -3], [4, -5, 6]);
    const y = new Activation("relu").forward(x);
    expect([...y.data]).toEqual([0, 2, 0, 4, 0, 6]);
    expect(y.shape).toEqual([2, 3]);
    expect([...x.data]).toEqual([-1, 2, -3, 4, -5, 6]);
  });

  test("3.2 hand-worked slopes, from the output", () => {
    expect([0, 3].map((y) => slope("relu", y))).toEqual([0, 1]);
    expect(slope("tanh", 0.6)).toBeCloseTo(0.64, 15); // 1 − 0.6²
    expect(slope("sigmoid", 0.75)).toBeCloseTo(0.1875, 15); // 0.75 · 0.25
  });
  test.each(
    names.flatMap((name) =>
      [
        [1, 1],
        [3, 5],
      ].map(([batch, units]) => [name, batch!, units!] as const),
    ),
  )("3.2 %s backward matches central differences (batch %i, units %i)", (name, batch, units) => {
    const random = createRandom(11);
    const layer = new Activation(name);
    const x = randomTensor(batch, units, random);
    const dy = randomTensor(batch, units, random);
    const loss = () => dot(layer.forward(x), dy);
    loss();
    assertGradient(name, layer.backward(dy).data, numericGradient(loss, x.data));
  });
  test("3.2 needs a forward call, and a dy of y's shape", () => {
    const layer = new Activation("relu");
    expect(() => layer.backward(float64.zeros(1, 1))).toThrow("expected a forward call before it");
    layer.forward(tensor([1, 2, 3]));
    expect(() => layer.backward(tensor([1, 2]))).toThrow(
      "Activation.backward dy: expected [batch=1, units=3], received [1, 2]",
    );
  });
});

import { tf, useBackend } from "@course/tf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomizedLayers, rankCorrelation, ranks } from "../src/sanity.ts";
import { smoothNetwork } from "./cases.ts";
import golden from "./golden/rank-correlation.json" with { type: "json" };

await useBackend();

describe("ranks", () => {
  test("5.1 hand-worked: equal values share the middle of their ranks", () =>
    expect([...ranks([10, 30, 10, 20])]).toEqual([1.5, 4, 1.5, 3]));
  test.each(golden.cases)("5.1 as SciPy's, $a.length values", ({ a, ranks: expected }) =>
    expect([...ranks(a)]).toEqual(expected),
  );
});

describe("rank correlation", () => {
  test("5.2 hand-worked", () => {
    // ranks 1 2 3 and 1 3 2: distances −1 0 1 and −1 1 0: 1 / √(2·2)
    expect(rankCorrelation([0.1, 0.2, 0.9], [5, 7, 6])).toBe(0.5);
  });
  test.each(golden.cases)("5.2 as SciPy's, $a.length values", ({ a, b, correlation }) =>
    expect(rankCorrelation(a, b)).toBeCloseTo(correlation, 10),
  );
  test("5.2 of an even map: 0, not NaN", () => expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBe(0));
  test("5.2 only the order counts; −1 for the opposite", () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 20 }), (values) => {
        expect(
          rankCorrelation(
            values,
            values.map((value) => Math.exp(value / 10)),
          ),
        ).toBeCloseTo(1, 10);
        expect(
          rankCorrelation(
            values,
            values.map((value) => -value),
          ),
        ).toBeCloseTo(-1, 10);
      }),
    ));
  test("5.2 maps of different sizes are refused", () =>
    expect(() => rankCorrelation([1, 2, 3], [1, 2])).toThrow("rankCorrelation b: expected [pixels=3], received [2]"));
});

describe("randomised layers", () => {
  const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);
  test("5.3 from the end to the start, each staying random while the next is drawn", () => {
    const model = smoothNetwork();
    const kernels = () => weightsOf(model).filter((_, i) => i % 2 === 0);
    const before = kernels();
    const names: string[] = [];
    for (const name of randomizedLayers(model, 1)) {
      names.push(name);
      const changed = kernels().map((kernel, i) => kernel.every((value, j) => value !== before[i]![j]));
      expect(changed).toEqual([names.length > 2, names.length > 1, true]);
    }
    expect(names).toEqual(
      model.layers
        .filter((layer) => layer.getWeights().length > 0)
        .map(({ name }) => name)
        .reverse(),
    );
  });
  test("5.3 leaves biases, brings all back at the end and after a break, and leaves no tensor", () => {
    const model = smoothNetwork();
    const before = weightsOf(model);
    const numTensors = tf.memory().numTensors;
    for (const _ of randomizedLayers(model, 1)) {
      weightsOf(model).forEach((values, i) => {
        if (i % 2 === 1) expect(values).toEqual(before[i]);
      });
    }
    expect(weightsOf(model)).toEqual(before);
    for (const _ of randomizedLayers(model, 2)) break;
    expect(weightsOf(model)).toEqual(before);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
  test("5.3 the seed decides the weights", () => {
    const drawn = (seed: number) => {
      const model = smoothNetwork();
      for (const _ of randomizedLayers(model, seed)) return weightsOf(model);
      return [];
    };
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });
});

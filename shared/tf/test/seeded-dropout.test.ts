import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seededDropout, tf, useBackend } from "../src/index.ts";
import { dropoutKeys, dropoutMask } from "../src/seeded-dropout.ts";

beforeAll(async () => void (await useBackend("wasm")));

const ones = () => tf.ones([4, 50]);
const apply = (layer: tf.layers.Layer, training: boolean) => [
  ...(layer.apply(ones(), { training }) as tf.Tensor).dataSync(),
];

describe("seededDropout", () => {
  test("drops to 0 or scales by 1 / (1 − rate)", () => {
    const y = apply(seededDropout({ rate: 0.75, seed: 1 }), true);
    expect(new Set(y)).toEqual(new Set([0, 4]));
  });
  test("leaves the input alone outside training", () => {
    expect(apply(seededDropout({ rate: 0.5, seed: 1 }), false)).toEqual(Array(200).fill(1));
  });
  test("rate 0 changes nothing", () =>
    expect(apply(seededDropout({ rate: 0, seed: 1 }), true)).toEqual(Array(200).fill(1)));
  test("draws a new mask at each step, where TensorFlow.js's own repeats one", () => {
    const ours = seededDropout({ rate: 0.5, seed: 1 });
    expect(apply(ours, true)).not.toEqual(apply(ours, true));
    const theirs = tf.layers.dropout({ rate: 0.5, seed: 1 });
    expect(apply(theirs, true)).toEqual(apply(theirs, true));
  });
  test("equal seeds give equal sequences, others do not", () => {
    const sequence = (seed: number) => {
      const layer = seededDropout({ rate: 0.5, seed });
      return [apply(layer, true), apply(layer, true)];
    };
    expect(sequence(7)).toEqual(sequence(7));
    expect(sequence(7)).not.toEqual(sequence(8));
  });
  test("the gradient passes through the same mask", () => {
    const layer = seededDropout({ rate: 0.5, seed: 1 });
    const gradient = tf.grad((x) => (layer.apply(x, { training: true }) as tf.Tensor).sum())(ones());
    layer.step = 0;
    expect([...gradient.dataSync()]).toEqual(apply(layer, true));
  });
  test("on our kernels and on TensorFlow.js's own: the same mask", () => {
    const seed = -5;
    const x = tf.randomNormal([7, 33], 0, 1, "float32", 3);
    const y = seededDropout({ rate: 0.3, seed }).apply(x, { training: true }) as tf.Tensor;
    const mask = dropoutMask(x.size, { rate: 0.3, keys: dropoutKeys(seed, 0) });
    expect([...y.dataSync()]).toEqual([...x.mul(tf.tensor(mask, x.shape)).dataSync()]);
  });
  test("has a derivative of its derivative", () => {
    const layer = seededDropout({ rate: 0.5, seed: 1 });
    const cubes = (x: tf.Tensor) => (layer.apply(x, { training: true }) as tf.Tensor).pow(3).sum();
    const second = tf.grad((x) => tf.grad(cubes)(x).sum())(ones());
    // y = 2x where kept: d²(8x³)/dx² = 48x
    expect(new Set(second.dataSync())).toEqual(new Set([0, 48]));
  });
  test("refuses a rate outside [0, 1)", () => {
    expect(() => seededDropout({ rate: 1, seed: 1 })).toThrow("seededDropout rate: expected [0, 1), received 1");
    expect(() => seededDropout({ rate: Number.NaN, seed: 1 })).toThrow("received NaN");
    expect(() => seededDropout({ rate: 0.5, seed: 0.5 })).toThrow("expected an integer, received 0.5");
  });
});

describe("dropoutMask", () => {
  const settings = fc.record({
    rate: fc.double({ min: 0, max: 0.95, noNaN: true }),
    seed: fc.maxSafeInteger(),
    step: fc.nat(1_000_000),
  });
  test("drops the fraction that was asked for, within five standard errors", () =>
    fc.assert(
      fc.property(settings, ({ rate, seed, step }) => {
        const size = 10_000;
        const keys = dropoutKeys(seed, step);
        const dropped = dropoutMask(size, { rate, keys }).reduce((n, value) => n + (value === 0 ? 1 : 0), 0) / size;
        const standardError = Math.sqrt((rate * (1 - rate)) / size);
        expect(Math.abs(dropped - rate)).toBeLessThanOrEqual(5.5 * standardError + 1e-12);
      }),
    ));
  test("neighbours, steps and seeds are uncorrelated", () => {
    const size = 100_000;
    const bits = (seed: number, step: number) =>
      dropoutMask(size, { rate: 0.5, keys: dropoutKeys(seed, step) }).map((v) => v - 1);
    const correlation = (a: Float32Array, b: Float32Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0) / size;
    const mask = bits(1, 1);
    const limit = 5 / Math.sqrt(size); // five standard errors of a product of independent signs
    for (const other of [bits(1, 2), bits(2, 1), bits(1, 100), bits(2, 0)])
      expect(Math.abs(correlation(mask, other))).toBeLessThan(limit);
    for (const lag of [1, 2, 28, 1024])
      expect(Math.abs(correlation(mask.slice(lag), mask.slice(0, -lag)))).toBeLessThan(limit);
  });
});

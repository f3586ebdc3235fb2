import { createRandom } from "@course/core";
import { describe, expect, test } from "vitest";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { Mlp } from "../src/mlp.ts";
import { Sgd } from "../src/sgd.ts";
import type { Tensor } from "../src/tensor.ts";
import { trainStep } from "../src/train.ts";

const arithmetic = await loadFloat32();

/** Noise as images [count, 784], and labels of ten classes: nothing to learn but by heart. */
function noise(count: number, seed: number): { x: Tensor; labels: Uint8Array } {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: count * 784 }, () => random.uniform());
  return { x: { shape: [count, 784], data }, labels: Uint8Array.from({ length: count }, () => random.integer(0, 10)) };
}

function build({ seed = 1, learningRate = 0.02, l2 = 0, l1 = 0 } = {}) {
  const model = new Mlp([784, 64, 32, 10], { activation: "relu", random: createRandom(seed), arithmetic });
  const optimizer = new Sgd(model.parameters, { momentum: 0.9, l2, l1 });
  return { model, step: (batch: ReturnType<typeof noise>) => trainStep(model, optimizer, { ...batch, learningRate }) };
}

const weightsOf = (model: Mlp) => model.parameters.map(({ value }) => [...value.data]);

describe("training step", () => {
  test("7.1 the loss at step 0 is near ln 10, that of a guess among ten classes", () => {
    const losses = [1, 2, 3, 4, 5].map((seed) => build({ seed }).step(noise(500, seed)));
    for (const loss of losses) expect(Math.abs(loss - Math.log(10))).toBeLessThan(0.5);
  });
  test("7.1 overfits 8 examples", () => {
    const { step } = build();
    const batch = noise(8, 2);
    let loss = Number.NaN;
    for (let i = 0; i < 300; i++) loss = step(batch);
    expect(loss).toBeLessThan(0.01);
  });
  test("7.1 returns the loss before the update, and changes every parameter", () => {
    const { model, step } = build();
    const batch = noise(32, 3);
    const before = weightsOf(model);
    const first = step(batch);
    const after = weightsOf(model);
    after.forEach((values, i) => {
      expect(values).not.toEqual(before[i]);
    });
    const fresh = build();
    expect(fresh.step(batch)).toBe(first);
    expect(step(batch)).toBeLessThan(first);
  });
  test("7.1 begins each step with zero gradients", () => {
    const { model, step } = build({ learningRate: 1e-12 }); // so small that the weights stay
    const batch = noise(16, 4);
    step(batch);
    const once = model.parameters[0]!.grad.data.slice();
    step(batch);
    expect(model.parameters[0]!.grad.data).toEqual(once);
  });
  test("7.1 two runs of one seed are identical; another seed's differ", () => {
    const [a, b, c] = [build(), build(), build({ seed: 2 })];
    for (let i = 0; i < 20; i++) for (const { step } of [a, b, c]) step(noise(16, i));
    expect(weightsOf(a.model)).toEqual(weightsOf(b.model));
    expect(weightsOf(a.model)).not.toEqual(weightsOf(c.model));
  });
  test("7.1 L1 makes weights exactly 0, L2 does not", () => {
    const shareOfZeros = (options: { l1?: number; l2?: number }) => {
      const { model, step } = build(options);
      for (let i = 0; i < 200; i++) step(noise(32, i));
      const kernel = [...model.parameters[0]!.value.data];
      return kernel.filter((weight) => weight === 0).length / kernel.length;
    };
    expect(shareOfZeros({ l1: 1e-3 })).toBeGreaterThan(0.5);
    expect(shareOfZeros({ l2: 1e-2 })).toBe(0);
  });
});

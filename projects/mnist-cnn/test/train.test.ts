import { leakGuard, saveable, setLearningRate, tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import type { Architecture } from "../src/config.ts";
import { buildCnn } from "../src/model.ts";
import { OPTIMIZERS, trainStep } from "../src/step.ts";
import { architecture, noise, small, tensorOf, weightsOf } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

interface Setup {
  readonly plan?: Architecture;
  readonly seed?: number;
  readonly optimizer?: keyof typeof OPTIMIZERS;
  readonly rate?: number;
}

function setUp({ plan = small(), seed = 1, optimizer: name = "adam", rate = 1e-3 }: Setup = {}) {
  const model = buildCnn(plan, seed);
  const optimizer = OPTIMIZERS[name](rate);
  const step = (count: number, batchSeed = 1, smoothing = 0) => {
    const set = noise(count, { seed: batchSeed, inputShape: [...plan.inputShape] });
    const images = tensorOf(set);
    const loss = trainStep(model, optimizer, { images, labels: set.labels, smoothing });
    images.dispose();
    return loss;
  };
  return { model, optimizer, step };
}

describe("training step", () => {
  test("3.2 the loss at step 0 is near ln 10, that of a guess among ten classes", () => {
    for (const seed of [1, 2, 3]) {
      const { step } = setUp({ plan: architecture({ hidden: 256 }), seed });
      expect(Math.abs(step(32, seed) - Math.log(10))).toBeLessThan(0.2);
    }
  });
  test("3.2 the course's network overfits 8 examples", () => {
    const { step } = setUp({ plan: architecture({ dropout: 0 }) });
    let loss = Number.NaN;
    for (let i = 0; i < 25; i++) loss = step(8, 2);
    expect(loss).toBeLessThan(0.01);
  }, 60_000);
  test.each(Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[])("3.2 %s learns 8 examples", (optimizer) => {
    const { step } = setUp({ plan: small({ dropout: 0 }), optimizer, rate: optimizer === "sgd" ? 0.2 : 0.01 });
    const first = step(8);
    let loss = Number.NaN;
    for (let i = 0; i < 100; i++) loss = step(8);
    expect(loss).toBeLessThan(first / 10);
  });
  test("3.2 returns the loss before the update", () => {
    const { step } = setUp({ plan: small({ dropout: 0 }) });
    const first = step(32);
    expect(setUp({ plan: small({ dropout: 0 }) }).step(32)).toBe(first);
    expect(step(32)).toBeLessThan(first);
  });
  test("3.2 changes every weight, and no other model's", () => {
    const [one, other] = [setUp({ plan: small({ batchNorm: true }) }), setUp({ seed: 2 })];
    const [before, otherBefore] = [weightsOf(one.model), weightsOf(other.model)];
    one.step(32);
    weightsOf(one.model).forEach((values, i) => {
      expect(values).not.toEqual(before[i]);
    });
    expect(weightsOf(other.model)).toEqual(otherBefore);
  });
  test("3.2 trains: batch norm takes the batch's statistics, dropout a new mask", () => {
    const { model, step } = setUp({ plan: small({ batchNorm: true, dropout: 0.5 }), rate: 1e-12 });
    const moving = () => model.getWeights().filter((_, i) => !model.weights[i]!.name.includes("kernel"));
    const before = moving().map((weight) => [...weight.dataSync()]);
    const [a, b] = [step(32), step(32)];
    expect(a).not.toBe(b);
    expect(moving().map((weight) => [...weight.dataSync()])).not.toEqual(before);
  });
  test("3.2 smoothing raises the least loss there can be", () => {
    const { step } = setUp({ plan: small({ dropout: 0 }), rate: 0.01 });
    let loss = Number.NaN;
    for (let i = 0; i < 150; i++) loss = step(8, 1, 0.1);
    // entropy of (0.91, nine times 0.01)
    const least = -0.91 * Math.log(0.91) - 9 * 0.01 * Math.log(0.01);
    expect(loss).toBeGreaterThan(least - 1e-4);
    expect(loss).toBeLessThan(least + 0.05);
  });
  test("3.2 two runs of one seed are identical; another seed's differ", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => setUp({ seed }));
    for (let i = 0; i < 5; i++) for (const { step } of [a!, b!, c!]) step(16, i);
    expect(saveable(a!.model).state()).toEqual(saveable(b!.model).state());
    expect(weightsOf(a!.model)).not.toEqual(weightsOf(c!.model));
  });
  test.each([{}, { batchNorm: true }, { pooling: "average" as const }])(
    "3.2 leaves no tensor behind: %j",
    (changes) => {
      const { step } = setUp({ plan: small(changes) });
      step(8); // makes the optimizer's slots
      const guard = leakGuard();
      guard.check("step 1");
      for (let i = 0; i < 3; i++) step(8);
      expect(() => guard.check("step 4")).not.toThrow();
    },
  );
  test("3.2 leaves the learning rate to the schedule: one of almost 0 leaves the weights", () => {
    const { model, optimizer, step } = setUp({ plan: small({ dropout: 0 }) });
    step(8);
    const before = weightsOf(model).flat();
    setLearningRate(optimizer, 1e-12);
    step(8);
    const moved = weightsOf(model)
      .flat()
      .map((weight, i) => Math.abs(weight - before[i]!));
    expect(Math.max(...moved)).toBeLessThan(1e-9);
  });
});

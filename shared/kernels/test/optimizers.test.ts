import { createRandom } from "@course/core";
import { describe, expect, test } from "vitest";
import type { Engine } from "../src/engine.ts";
import { adam, rmsprop, sgd } from "../src/optimizers.ts";
import { builds, randomArray, runInBoth } from "./support.ts";

/** What an optimizer's formula does to one parameter, in float64: parameter and slots → the same after a step. */
type Reference = (state: readonly number[], gradient: number, step: number) => readonly number[];
/** The kernel: addresses of the parameters and slots, and of the gradients. */
type Kernel = (
  engine: Engine,
  state: readonly number[],
  common: { gradients: number; count: number; step: number },
) => void;

const learningRate = 0.05;

const OPTIMIZERS: readonly (readonly [name: string, slots: number, kernel: Kernel, reference: Reference])[] = [
  [
    "sgd with L2",
    0,
    (engine, [parameters], common) =>
      sgd(engine, { parameters: parameters, learningRate, weightDecay: 0.1, ...common }),
    ([p], g) => [p - learningRate * (g + 0.1 * p)],
  ],
  [
    "sgd with momentum",
    1,
    (engine, [parameters, velocity], common) =>
      sgd(engine, { parameters: parameters, velocity, learningRate, momentum: 0.9, ...common }),
    ([p, v], g) => {
      const next = 0.9 * v + g;
      return [p - learningRate * next, next];
    },
  ],
  [
    "sgd with Nesterov momentum and L2",
    1,
    (engine, [parameters, velocity], common) =>
      sgd(engine, {
        parameters: parameters,
        velocity,
        learningRate,
        momentum: 0.9,
        nesterov: true,
        weightDecay: 0.1,
        ...common,
      }),
    ([p, v], g) => {
      const decayed = g + 0.1 * p;
      const next = 0.9 * v + decayed;
      return [p - learningRate * (decayed + 0.9 * next), next];
    },
  ],
  [
    "rmsprop",
    1,
    (engine, [parameters, meanSquare], common) =>
      rmsprop(engine, {
        parameters: parameters,
        meanSquare: meanSquare,
        learningRate,
        decay: 0.8,
        epsilon: 1e-3,
        ...common,
      }),
    ([p, s], g) => {
      const next = 0.8 * s + 0.2 * g * g;
      return [p - (learningRate * g) / Math.sqrt(next + 1e-3), next];
    },
  ],
  [
    "rmsprop with momentum",
    2,
    (engine, [parameters, meanSquare, velocity], common) =>
      rmsprop(engine, {
        parameters: parameters,
        meanSquare: meanSquare,
        velocity,
        learningRate,
        momentum: 0.9,
        ...common,
      }),
    ([p, s, v], g) => {
      const next = 0.9 * s + 0.1 * g * g;
      const velocity = 0.9 * v + (learningRate * g) / Math.sqrt(next + 1e-7);
      return [p - velocity, next, velocity];
    },
  ],
  ...([0, 0.1] as const).map(
    (weightDecay) =>
      [
        weightDecay ? "adamw" : "adam",
        2,
        (
          engine: Engine,
          [parameters, mean, variance]: readonly number[],
          common: { gradients: number; count: number; step: number },
        ) =>
          adam(engine, {
            parameters: parameters,
            mean: mean,
            variance: variance,
            learningRate,
            weightDecay,
            ...common,
          }),
        ([p, m, v]: readonly number[], g: number, step: number) => {
          const mean = 0.9 * m + 0.1 * g;
          const variance = 0.999 * v + 0.001 * g * g;
          const change = mean / (1 - 0.9 ** step) / (Math.sqrt(variance / (1 - 0.999 ** step)) + 1e-7);
          return [p * (1 - learningRate * weightDecay) - learningRate * change, mean, variance];
        },
      ] as const,
  ),
];

describe.each(OPTIMIZERS)("%s", (_name, slots, kernel, reference) => {
  test.each([1, 8, 21])("20 steps on %i parameters follow the formula in float64", (count) => {
    const random = createRandom(count);
    const start = randomArray(count, random);
    let expected = Array.from(start, (value): readonly number[] => [value, ...Array(slots).fill(0)]);
    let state: readonly Float32Array[] = [start, ...Array.from({ length: slots }, () => new Float32Array(count))];
    for (let step = 1; step <= 20; step++) {
      const gradients = randomArray(count, random);
      state = runInBoth([gradients], state, ({ engine }, [at], addresses) =>
        kernel(engine, addresses, { gradients: at, count, step }),
      );
      expected = expected.map((each, i) => reference(each, gradients[i], step));
    }
    expected.forEach((values, i) => {
      values.forEach((value, slot) => {
        expect(Math.abs(state[slot]![i] - value)).toBeLessThan(2e-6 * (1 + Math.abs(value)));
      });
    });
  });

  test("no average that decays without gradients stays among the subnormal numbers, which are slow", () => {
    const start = [new Float32Array(10), ...Array.from({ length: slots }, () => new Float32Array(10).fill(1e-38))];
    const state = runInBoth([new Float32Array(10)], start, ({ engine }, [at], addresses) =>
      kernel(engine, addresses, { gradients: at, count: 10, step: 1 }),
    );
    for (const slot of state.slice(1)) expect([...slot]).toEqual(Array(10).fill(0));
  });

  test("a NaN gradient makes its own parameter NaN and no other", () => {
    const gradients = new Float32Array(10).fill(1);
    gradients[3] = Number.NaN;
    const state = Array.from({ length: slots + 1 }, () => new Float32Array(10).fill(0.5));
    const [parameters] = runInBoth([gradients], state, ({ engine }, [at], addresses) =>
      kernel(engine, addresses, { gradients: at, count: 10, step: 1 }),
    );
    parameters.forEach((value, i) => {
      expect(Number.isNaN(value)).toBe(i === 3);
    });
  });
});

describe("options that do not fit", () => {
  const { engine } = builds[0];
  const step = { parameters: 0, gradients: 0, count: 0, learningRate };
  test("momentum needs its buffer", () => {
    expect(() => sgd(engine, { ...step, momentum: 0.9 })).toThrow("sgd: momentum needs a velocity buffer");
    expect(() => rmsprop(engine, { ...step, meanSquare: 0, momentum: 0.9 })).toThrow(
      "rmsprop: momentum needs a velocity buffer",
    );
  });
  test("Adam's steps count from one", () => {
    expect(() => adam(engine, { ...step, mean: 0, variance: 0, step: 0 })).toThrow(
      "adam step: expected a number ≥ 1, received 0",
    );
  });
});

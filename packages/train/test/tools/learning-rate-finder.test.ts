import { createRandom } from "@course/core";
import { describe, expect, test } from "vitest";
import { TrainingError } from "../../src/interrupt.ts";
import { drawLearningRateSweep, findLearningRate } from "../../src/tools/index.ts";
import { createQuadratic } from "./quadratic.ts";

describe("findLearningRate", () => {
  test("on a quadratic whose descent diverges above 2/100: stops there, and suggests less", async () => {
    const { model, trainStep } = createQuadratic();
    const { rates, losses, suggestion, diverged } = await findLearningRate({ trainStep, parts: [model] });
    expect(diverged).toBe(true);
    expect(losses).toHaveLength(rates.length);
    expect(rates.at(-1)).toBeGreaterThan(0.02);
    expect(rates.at(-1)).toBeLessThan(1);
    // the rates so far sum to about rate · 99/ln(1e6), and w₁² shrinks as exp(−200 · that sum): over
    // the rate's logarithm steepest where 200 · sum = 1
    expect(suggestion! / (Math.log(1e6) / 99 / 200)).toBeCloseTo(1, 0);
  });
  test("with noisy batches too, for every seed", async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = createRandom(seed);
      const { model, trainStep } = createQuadratic();
      const noisy = (rate: number) => trainStep(rate) * random.uniform(0.8, 1.2);
      const { suggestion } = await findLearningRate({ trainStep: noisy, parts: [model] });
      expect(suggestion).toBeGreaterThan(0.02 / 100);
      expect(suggestion).toBeLessThan(0.02);
    }
  });
  test("sweeps evenly on the logarithm, from minimum to maximum", async () => {
    const seen: number[] = [];
    const trainStep = (rate: number) => {
      seen.push(rate);
      return 1 - seen.length / 100;
    };
    const sweep = await findLearningRate({ trainStep, parts: [], minimum: 1e-4, maximum: 1e5, steps: 10 });
    expect(sweep.rates).toEqual(seen);
    seen.forEach((rate, i) => {
      expect(Math.log10(rate)).toBeCloseTo(i - 4, 12);
    });
    expect(sweep.diverged).toBe(false);
  });
  test("smoothed, hand-worked: the mean of what was, weighted by halves", async () => {
    const losses = [8, 4, 4, 4, 4, 4, 4, 4, 4, 4];
    const sweep = await findLearningRate({ trainStep: () => losses.shift()!, parts: [], steps: 10, smoothing: 0.5 });
    // 8; (8/4 + 4/2)/(3/4) = 16/3; (8/8 + 4/4 + 4/2)/(7/8) = 32/7
    for (const [i, value] of [8, 16 / 3, 32 / 7].entries()) expect(sweep.smoothed[i]).toBeCloseTo(value, 12);
  });
  test("puts everything back, also when a step throws", async () => {
    const { weights, model, trainStep, steps } = createQuadratic();
    trainStep(0.001);
    const before = [...weights];
    await findLearningRate({ trainStep, parts: [model] });
    expect([[...weights], steps()]).toEqual([before, 1]);
    const failing = (rate: number) => {
      if (trainStep(rate) < 50) throw new Error("out of memory");
      return 1;
    };
    await expect(findLearningRate({ trainStep: failing, parts: [model] })).rejects.toThrow("out of memory");
    expect([[...weights], steps()]).toEqual([before, 1]);
  });
  test("a loss that never falls has no suggestion; one that becomes NaN ends the sweep", async () => {
    let step = 0;
    const trainStep = () => (++step > 20 ? Number.NaN : 1);
    const sweep = await findLearningRate({ trainStep, parts: [] });
    expect(sweep).toMatchObject({ suggestion: null, diverged: true });
    expect(sweep.losses).toHaveLength(20);
  });
  test("a loss below zero can fall without ending the sweep", async () => {
    let loss = 1;
    const sweep = await findLearningRate({ trainStep: () => (loss -= 0.1), parts: [], steps: 30 });
    expect(sweep.diverged).toBe(false);
  });
  test("bad settings", async () => {
    const step = { trainStep: () => Number.NaN, parts: [] };
    await expect(findLearningRate({ ...step, minimum: 1, maximum: 0.1 })).rejects.toThrow(
      "findLearningRate: expected 0 < minimum < maximum, received 1 and 0.1",
    );
    await expect(findLearningRate({ ...step, steps: 5 })).rejects.toThrow(
      "expected a whole number from 10 up, received 5",
    );
    await expect(findLearningRate(step)).rejects.toThrow(TrainingError);
    await expect(findLearningRate(step)).rejects.toThrow("expected a finite loss at rate 0.000001, received NaN");
  });
});

describe("drawLearningRateSweep", () => {
  test("shows the losses and marks the suggestion", async () => {
    const { model, trainStep } = createQuadratic();
    const sweep = await findLearningRate({ trainStep, parts: [model] });
    const svg = await drawLearningRateSweep(sweep);
    expect(svg).toContain(`steepest descent at ${sweep.suggestion!.toPrecision(2)}`);
    expect(svg).toContain("suggestion");
  });
  test("says that the maximum was too low, and that no rate helps", async () => {
    const svg = await drawLearningRateSweep({
      rates: [1e-3, 1e-2],
      losses: [1, 1],
      smoothed: [1, 1],
      suggestion: null,
      diverged: false,
    });
    expect(svg).toContain("no rate at which the loss falls; the loss did not grow: try a higher maximum");
  });
});

import { describe, expect, test } from "vitest";
import { overfitOneBatch } from "../../src/tools/index.ts";
import { createQuadratic } from "./quadratic.ts";

const fromLosses = (lossOf: (step: number) => number) => {
  let step = 0;
  return { trainStep: () => lossOf(step++), parts: [], steps: 100 };
};

describe("overfitOneBatch", () => {
  test("passes as soon as the loss is a hundredth, and puts everything back", async () => {
    const { weights, model, trainStep, steps } = createQuadratic();
    const report = await overfitOneBatch({ trainStep: () => trainStep(0.015), parts: [model], steps: 1000 });
    expect(report.passed).toBe(true);
    expect(report.losses.at(-1)).toBeLessThanOrEqual(54.5 / 100); // ½(9 + 100) at the start
    expect(report.losses.at(-2)).toBeGreaterThan(54.5 / 100);
    expect(report.verdict).toMatch(/^learnt by heart: the loss went from 54\.50 to 0\.\d+ in \d+ steps$/);
    expect([[...weights], steps()]).toEqual([[3, -1], 0]);
  });
  test("a floor counts as zero", async () => {
    const report = await overfitOneBatch({ ...fromLosses((step) => 0.5 + 0.9 ** step), lossFloor: 0.5 });
    expect(report.passed).toBe(true);
  });

  test.each<[string, (step: number) => number, string]>([
    [
      "the rate is far too high",
      (step) => (step < 5 ? 2 : Number.NaN),
      "it was not finite at step 6: learning rate too high",
    ],
    ["the weights do not move", () => 2.5, "it never changed: the weights do not move"],
    [
      "it predicts a constant",
      (step) => Math.log(10) + 0.5 * 0.8 ** step,
      "it is stuck at ln 10, the loss of a guess: labels not joined",
    ],
    ["softmax twice", (step) => 1.4612 + 0.8 * 0.9 ** step, "it is stuck at −ln(e/(e + 9)): softmax applied twice"],
    ["the sign is wrong", (step) => 1 + step / 10, "it rose: learning rate too high, or a gradient of the wrong sign"],
    ["dropout is on", (step) => 3 * 0.9 ** step + (step % 2 === 0 ? 0.5 : 0.2), "it jumps up and down"],
    ["it is slow", (step) => 3 * 0.98 ** step, "it is still falling: give it more steps"],
    ["it is nearly there", (step) => 3 * 0.965 ** step, "it is still falling: give it more steps"],
    ["two labels for one input", (step) => 0.35 + 2 * 0.8 ** step, "it stays at that: the same input with two labels"],
  ])("says why not: %s", async (_, lossOf, reason) => {
    const report = await overfitOneBatch({ ...fromLosses(lossOf), numClasses: 10 });
    expect(report.passed).toBe(false);
    expect(report.verdict).toContain(reason);
    expect(report.verdict).toMatch(/^not learnt by heart: the loss went from .* steps; it /);
  });
  test("knows the telling values of cross-entropy only where the classes are given", async () => {
    const report = await overfitOneBatch(fromLosses((step) => Math.log(10) + 0.5 * 0.8 ** step));
    expect(report.verdict).toContain("it stays at that");
  });
  test("real broken training: a rate above the stable one", async () => {
    const { model, trainStep } = createQuadratic();
    const report = await overfitOneBatch({ trainStep: () => trainStep(0.021), parts: [model], steps: 200 });
    expect(report.verdict).toContain("it rose: learning rate too high");
  });
  test("real broken training: a step that does not reach the weights", async () => {
    const { model, trainStep } = createQuadratic();
    const report = await overfitOneBatch({ trainStep: () => trainStep(0), parts: [model] });
    expect(report.verdict).toContain("it never changed");
  });
  test("a loss that is zero before training is not learnt", async () => {
    const report = await overfitOneBatch(fromLosses(() => 0));
    expect([report.passed, report.losses.length]).toEqual([false, 100]);
    expect(report.verdict).toContain("it never changed");
  });
  test("bad settings", async () => {
    await expect(overfitOneBatch({ ...fromLosses(() => 1), steps: 5 })).rejects.toThrow(
      "overfitOneBatch steps: expected a whole number from 20 up, received 5",
    );
    await expect(overfitOneBatch({ ...fromLosses(() => 1), target: 1 })).rejects.toThrow(
      "expected a share in (0, 1), received 1",
    );
  });
});

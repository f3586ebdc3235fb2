import { createRandom, UserError } from "@course/core";
import { describe, expect, test, vi } from "vitest";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { loadSplits } from "../src/data.ts";
import { comparePair } from "../study/compare.ts";
import { readFlags } from "../study/flags.ts";
import { atEqualLoss, curveOf, strongestWithinOneError } from "../study/match.ts";
import { trainOne } from "../study/train-one.ts";
import { studyRun } from "./cases.ts";

const point = (lambda: number, validationLoss: number, nearZero = 0, standardError = 0) => ({
  ...{ lambda, validationLoss, standardError, nearZero },
});

describe("match", () => {
  test("a curve holds the means over seeds, λ ascending", () => {
    const runs = [
      studyRun({ lambda: 0.1, validationLoss: 0.4, nearZero: 0.2 }),
      studyRun({ lambda: 0.01, validationLoss: 0.5, nearZero: 0.1 }),
      studyRun({ lambda: 0.1, validationLoss: 0.2, nearZero: 0.4, seed: 2 }),
      studyRun({ lambda: 1, regulariser: "l1" }),
    ];
    const [first, second] = curveOf(runs, "l2");
    expect(first).toEqual(point(0.01, 0.5, 0.1));
    expect(second!.validationLoss).toBeCloseTo(0.3, 12);
    expect(second!.nearZero).toBeCloseTo(0.3, 12);
    expect(second!.standardError).toBeCloseTo(0.1, 12); // sd of 0.4 and 0.2 is √0.02; divided by √2
  });
  test("equal loss lies on the straight line over log λ", () => {
    // a quarter of the way from 0.3 to 0.7, so λ = 1e-4 · 100^(1/4) and share = 0.1 + 0.25 · 0.4
    const match = atEqualLoss([point(1e-4, 0.3, 0.1), point(1e-2, 0.7, 0.5)], 0.4);
    expect(match.lambda).toBeCloseTo(1e-4 * 100 ** 0.25, 12);
    expect(match.nearZero).toBeCloseTo(0.2, 12);
    expect(match.isExact).toBe(true);
  });
  test("of two λ of equal loss the greater one", () => {
    const curve = [point(1e-4, 0.5), point(1e-3, 0.3), point(1e-2, 0.5)];
    expect(atEqualLoss(curve, 0.4).lambda).toBeCloseTo(10 ** -2.5, 12);
    expect(atEqualLoss(curve, 0.5).lambda).toBeCloseTo(1e-2, 12);
  });
  test("where the curve never has that loss, the nearest point, and it says so", () => {
    const curve = [point(1e-4, 0.5), point(1e-3, 0.3), point(1e-2, 0.4)];
    expect(atEqualLoss(curve, 0.2)).toEqual({ lambda: 1e-3, nearZero: 0, isExact: false });
  });
  test("the strongest λ within one standard error of the best; where none is, the best of them", () => {
    const curve = [point(1e-5, 0.31), point(1e-4, 0.3, 0, 0.02), point(1e-3, 0.32), point(1e-2, 0.33)];
    expect(strongestWithinOneError(curve, point(0, 0.4)).lambda).toBe(1e-3);
    expect(strongestWithinOneError(curve, point(0, 0.25, 0, 0.075)).lambda).toBe(1e-3);
    expect(strongestWithinOneError(curve, point(0, 0.1)).lambda).toBe(1e-4);
  });
  test("the ratio of shares, of means and by seed", () => {
    const l1 = [studyRun({ nearZero: 0.6 }), studyRun({ nearZero: 0.4, seed: 2 })];
    const l2 = [studyRun({ nearZero: 0.1 }), studyRun({ nearZero: 0.1, seed: 2 })];
    const { nearZeroRatio, nearZeroRatioBySeed } = comparePair(l1, l2);
    expect(nearZeroRatio).toBeCloseTo(5, 12);
    expect(nearZeroRatioBySeed.map((ratio) => Number(ratio.toFixed(9)))).toEqual([6, 4]);
  });
});

describe("one training of the study", () => {
  test("L1 gives exact zeros and L2 none; one seed gives one result", async () => {
    const splits = await loadSplits("fashion-mnist", createRandom(1), { offline: true, limit: 300 });
    const arithmetic = await loadFloat32();
    const train = (regulariser: "l1" | "l2") =>
      trainOne({ regulariser, lambda: 3e-3, seed: 1, epochs: 6 }, splits, arithmetic);
    const [l1, again, l2] = [train("l1"), train("l1"), train("l2")];
    expect(again.run).toEqual(l1.run);
    expect(l1.run.exactlyZero).toBeGreaterThan(0.1);
    expect(l1.run.nearZero).toBeGreaterThanOrEqual(l1.run.exactlyZero);
    expect(l2.run.exactlyZero).toBe(0);
    expect(l1.run.trainCurve).toHaveLength(6);
    expect(l1.weights).toHaveLength(784 * 256 + 256 * 128 + 128 * 10);
    expect(l1.run.validationCurve.at(-1)).toBe(l1.run.validationLoss);
  });
});

describe("flags", () => {
  test("defaults, and values", () => {
    expect(readFlags([])).toMatchObject({ epochs: 6, seeds: [1, 2, 3], limit: undefined });
    expect(readFlags(["--", "--epochs", "2", "--seeds", "4,5"])).toMatchObject({ epochs: 2, seeds: [4, 5] });
  });
  test("--out is where the user stands, not in the project's folder", () => {
    vi.stubEnv("INIT_CWD", "/home/user");
    expect(readFlags(["--out", "answers"]).out).toBe("/home/user/answers");
    vi.unstubAllEnvs();
  });
  test.each([
    [["--epoch", "3"], "--epoch"],
    [["--epochs", "x"], '--epochs: expected a whole number above 0, received "x"'],
    [["--seeds", "1,0"], '--seeds: expected a whole number above 0, received "0"'],
  ])("%j is a user's mistake", (args, message) => {
    expect(() => readFlags(args)).toThrow(message);
    expect(() => readFlags(args)).toThrow(UserError);
  });
});

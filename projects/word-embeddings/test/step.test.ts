import { createRandom } from "@course/core";
import { leakGuard, saveable, tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import { type Dropout, variablesOf } from "../src/network.ts";
import { trainStep } from "../src/step.ts";
import { ids, tiny } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

describe("training step", () => {
  const contexts = () =>
    tf.tensor2d(
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 0],
        [1, 0],
        [2, 1],
        [3, 2],
      ],
      undefined,
      "int32",
    );
  const targets = ids(1, 2, 3, 4, 0, 4, 3, 1);
  const all = { ids: ids(0, 1, 2, 3, 4), targets, corrections: new Float32Array(5) };

  test("4.2 starts near ln 5, that of a guess among five words, and learns eight examples by heart", () => {
    const [network, optimizer, x] = [tiny(), tf.train.adam(0.03), contexts()];
    const first = trainStep(network, optimizer, { contexts: x, targets });
    expect(Math.abs(first - Math.log(5))).toBeLessThan(1);
    let loss = first;
    for (let i = 0; i < 300; i++) loss = trainStep(network, optimizer, { contexts: x, targets });
    expect(loss).toBeLessThan(0.05);
  });
  test("4.2 with all words as candidates it is the same step, in their own order too", () => {
    const run = (candidates?: typeof all) => {
      const network = tiny();
      const loss = trainStep(network, tf.train.sgd(0.5), { contexts: contexts(), targets, candidates });
      return [loss, ...variablesOf(network).flatMap((variable) => [...variable.dataSync()])];
    };
    const reversed = { ...all, ids: all.ids.toReversed(), targets: targets.map((target) => 4 - target) };
    const expected = run();
    for (const candidates of [all, reversed])
      run(candidates).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 5);
      });
  });
  test("4.2 a correction counts: a word that was drawn by luck weighs more", () => {
    const loss = (corrections: Float32Array) =>
      trainStep(tiny(), tf.train.sgd(0.1), { contexts: contexts(), targets, candidates: { ...all, corrections } });
    expect(loss(Float32Array.of(2, 0, 0, 0, 0))).toBeGreaterThan(loss(new Float32Array(5)) + 0.1);
  });
  test.each([
    ["all words", undefined],
    ["candidates", all],
  ])("4.2 with %s: drops in training: another loss for another draw, and without dropout", (_, candidates) => {
    const random = createRandom(1);
    const loss = (dropout?: Dropout) =>
      trainStep(tiny(), tf.train.sgd(0.1), { contexts: contexts(), targets, candidates, dropout });
    expect(new Set([loss({ rate: 0.5, random }), loss({ rate: 0.5, random }), loss()]).size).toBe(3); // of equal weights
  });
  test("4.2 changes every weight, leaves no tensor, and one seed gives one result", () => {
    const [a, b] = [tiny(), tiny()];
    const before = variablesOf(a).map((variable) => [...variable.dataSync()]);
    const optimizer = tf.train.adam(0.01);
    const x = contexts();
    trainStep(a, optimizer, { contexts: x, targets });
    variablesOf(a).forEach((variable, i) => {
      expect([...variable.dataSync()]).not.toEqual(before[i]);
    });
    const guard = leakGuard();
    guard.check("step 1");
    trainStep(a, optimizer, { contexts: x, targets });
    expect(() => guard.check("step 2")).not.toThrow();
    const second = tf.train.adam(0.01);
    for (let i = 0; i < 2; i++) trainStep(b, second, { contexts: x, targets });
    expect(saveable(variablesOf(a)).state().arrays).toEqual(saveable(variablesOf(b)).state().arrays);
  });
});

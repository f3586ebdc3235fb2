import { adamw, leakGuard, saveable, tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import type { ModelName } from "../src/config.ts";
import { takeExamples } from "../src/data.ts";
import { predict } from "../src/evaluate.ts";
import { lookUp, trainStep } from "../src/step.ts";
import { vectorTable } from "../vectors/vectors.ts";
import { build, examples, MODELS, vectors } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

function setUp(name: ModelName, { seed = 1, dropout = 0, rate = 0.01 } = {}) {
  const table = vectorTable(vectors());
  const model = build(name, { seed, dropout, units: 16, hidden: 32 });
  return { model, table, optimizer: adamw({ learningRate: rate }) };
}
const batch = (size: number, seed = 1) =>
  takeExamples(
    examples(size, { seed }),
    Uint32Array.from({ length: size }, (_, i) => i),
  );

describe("training step", () => {
  test("the vectors of a context, row by row", () => {
    const { values } = vectors();
    const x = lookUp(vectorTable(vectors()), Int32Array.of(3, 1, 0, 2), 2);
    expect(x.shape).toEqual([2, 2, 6]);
    expect([...x.dataSync()]).toEqual([3, 1, 0, 2].flatMap((row) => [...values.subarray(row * 6, row * 6 + 6)]));
  });
  test.each(MODELS)("3.1 %s: loss at step 0 near ln 12, learns 8 gaps by heart", (name) => {
    const training = setUp(name);
    const first = trainStep(training, batch(8), 0);
    expect(Math.abs(first - Math.log(12))).toBeLessThan(1);
    let loss = first;
    for (let step = 1; step < 150; step++) loss = trainStep(training, batch(8), step);
    expect(loss).toBeLessThan(0.1);
  });
  test.each(MODELS)("3.1 %s: changes every weight of the model, and neither the vectors nor another model", (name) => {
    const [one, other] = [setUp(name), setUp(name, { seed: 2 })];
    const before = one.model.variables.map((variable) => [...variable.dataSync()]);
    const [table, otherBefore] = [[...one.table.dataSync()], saveable(other.model.variables).state()];
    trainStep(one, batch(32), 0);
    one.model.variables.forEach((variable, i) => {
      expect([...variable.dataSync()]).not.toEqual(before[i]);
    });
    expect([...one.table.dataSync()]).toEqual(table);
    expect(saveable(other.model.variables).state()).toEqual(otherBefore);
  });
  test("3.1 returns the loss before the update; two runs of one seed are identical, no tensor stays", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => setUp("gru", { seed, dropout: 0.3 }));
    const losses = [a!, b!, c!].map((one) => [0, 1, 2].map((step) => trainStep(one, batch(8, step + 1), step)));
    expect(losses[0]).toEqual(losses[1]);
    expect(losses[0]).not.toEqual(losses[2]);
    const guard = leakGuard();
    guard.check("step 3");
    for (let step = 3; step < 6; step++) trainStep(a!, batch(8), step);
    expect(() => guard.check("step 6")).not.toThrow();
  });
  test("3.1 drops in training: another loss at another step, and without dropout", () => {
    const loss = (dropout: number, step: number) => trainStep(setUp("mlp", { dropout }), batch(8), step);
    expect(new Set([loss(0.5, 0), loss(0.5, 1), loss(0, 0)]).size).toBe(3); // of equal fresh weights
  });
  test.each(MODELS)("3.1 %s: finds a rule that holds for gaps it has not seen", (name) => {
    const training = setUp(name, { rate: 0.02 });
    const train = examples(400, { rule: true });
    const all = takeExamples(
      train,
      Uint32Array.from({ length: 400 }, (_, i) => i),
    );
    for (let step = 0; step < 80; step++) trainStep(training, all, step);
    const fresh = examples(300, { rule: true, seed: 2 });
    const predicted = predict(training.model, training.table, fresh);
    const right = predicted.reduce((sum, answer, i) => sum + Number(answer === fresh.labels[i]), 0) / 300;
    expect(right).toBeGreaterThan(0.3); // a guess has 1 / 12, and the rule is an odd one
  });
});

import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import { predictBaselines } from "../report/baselines.ts";
import { score } from "../report/score.ts";
import { difference, predict } from "../src/evaluate.ts";
import { vectorTable } from "../vectors/vectors.ts";
import { build, examples, vectors } from "./cases.ts";
import golden from "./golden/macro-f1.json" with { type: "json" };

await useBackend();
afterEach(() => tf.disposeVariables());
const random = () => createRandom(1);

describe("scores", () => {
  test("4.1 hand-worked: two forms, one never found", () => {
    // form 0: precision 2/3, recall 2/2, F1 0.8; form 1: 0 of 1, F1 0; mean 0.4
    const { accuracy, macroF1 } = score([0, 0, 0], [0, 0, 1], random());
    expect(accuracy.estimate).toBeCloseTo(2 / 3, 12);
    expect(macroF1.estimate).toBeCloseTo(0.4, 12);
  });
  test.each(golden.cases)("4.1 as scikit-learn has it (case %#)", ({ predicted, actual, macroF1 }) =>
    expect(score(predicted, actual, random()).macroF1.estimate).toBeCloseTo(macroF1, 10),
  );
  test("4.1 an interval holds its estimate, and is narrower for more examples", () => {
    const answers = (count: number) => Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const [few, many] = [60, 600].map((count) => score(answers(count), Array(count).fill(0), random()).accuracy);
    expect(few!.low).toBeLessThan(2 / 3);
    expect(few!.high).toBeGreaterThan(2 / 3);
    expect(many!.high - many!.low).toBeLessThan((few!.high - few!.low) / 2);
  });
});

describe("difference of two models", () => {
  test("4.2 hand-worked: three right of four against one", () => {
    const { estimate } = difference(
      [
        [0, 1, 2, 3],
        [0, 9, 9, 9],
      ],
      [0, 1, 2, 9],
      random(),
    );
    // right: 1 1 1 0 and 1 0 0 1
    expect(estimate).toBeCloseTo(0.25, 12);
  });
  test("4.2 paired: a small difference on the same examples is sure where single intervals overlap", () => {
    const actual = Array.from({ length: 400 }, (_, i) => i % 2);
    const worse = actual.map((label, i) => (i < 200 ? label : 1 - label));
    const better = actual.map((label, i) => (i < 216 ? label : 1 - label)); // right wherever the other is, and 16 times more
    const interval = difference([better, worse], actual, random());
    expect(interval.low).toBeGreaterThan(0);
    const [b, w] = [better, worse].map((one) => score(one, actual, random()).accuracy);
    expect(w!.high).toBeGreaterThan(b!.low);
    expect(difference([worse, worse], actual, random())).toMatchObject({ low: 0, high: 0 });
  });
});

describe("predictions", () => {
  test("of every gap, the last smaller batch included, in order", () => {
    const [model, table] = [build("mlp"), vectorTable(vectors())];
    const set = examples(1003);
    const predicted = predict(model, table, set);
    expect(predicted).toHaveLength(1003);
    const single = { ...set, contexts: set.contexts.slice(1002 * 4), labels: set.labels.slice(1002), count: 1 };
    expect(predict(model, table, single)[0]).toBe(predicted[1002]);
  });
  test("the table knows the rule that the two neighbours make; the majority is the commonest form", () => {
    const [train, test] = [examples(2000, { rule: true }), examples(200, { rule: true, seed: 2 })];
    const answers = predictBaselines({ train, test, words: 10 });
    expect([...answers["count table"]]).toEqual([...test.labels]);
    expect(new Set(answers["majority form"]).size).toBe(1);
  });
});

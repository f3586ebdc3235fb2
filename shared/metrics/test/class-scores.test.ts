import { ShapeError } from "@course/core";
import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Average,
  accuracy,
  averageScores,
  type ClassScores,
  confusionMatrix,
  countsByClass,
  f1,
  precision,
  recall,
  type Scores,
  scoresByClass,
  specificity,
} from "../src/index.ts";
import { readGolden } from "./golden.ts";

type ByAverage = Record<Average, Scores> & { byClass: ClassScores[] };
interface Golden {
  cases: {
    numClasses: number;
    actual: number[];
    predicted: number[];
    confusion: number[];
    zeroDivision0: ByAverage;
    zeroDivision1: ByAverage;
  }[];
}
const golden = readGolden<Golden>("classification").cases;
const examples = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1 });
const averages: Average[] = ["macro", "micro", "weighted"];

/** Rows are actual, columns predicted: class 0 → 3, 1, 0; class 1 → 2, 4, 0; class 2 → 0, 0, 0. */
const hand = { numClasses: 3, counts: Uint32Array.of(3, 1, 0, 2, 4, 0, 0, 0, 0) };

describe("confusionMatrix", () => {
  test("hand-worked: the actual class is the row, the predicted one the column", () => {
    const { counts } = confusionMatrix([1, 1, 0], [0, 1, 0], 2);
    expect([...counts]).toEqual([1, 1, 0, 1]); // actual 0: one 0, one 1; actual 1: one 1
  });
  test("swapping predicted and actual transposes it; its sum is the count, its trace the accuracy", () =>
    fc.assert(
      fc.property(examples, (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const { counts } = confusionMatrix(a, b, 4);
        const swapped = confusionMatrix(b, a, 4).counts;
        for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) expect(counts[i * 4 + j]).toBe(swapped[j * 4 + i]);
        expect(counts.reduce((x, y) => x + y)).toBe(pairs.length);
        expect((counts[0] + counts[5] + counts[10] + counts[15]) / pairs.length).toBe(accuracy(a, b));
      }),
    ));
  test("agrees with scikit-learn", () => {
    for (const { predicted, actual, numClasses, confusion } of golden)
      expect([...confusionMatrix(predicted, actual, numClasses).counts]).toEqual(confusion);
  });
  test("says what does not fit", () => {
    expect(() => confusionMatrix([0], [0, 1], 2)).toThrow(ShapeError);
    expect(() => confusionMatrix([], [], 2)).toThrow("confusionMatrix: expected at least one value, received none");
    expect(() => confusionMatrix([0], [2], 2)).toThrow(
      "confusionMatrix actual[0]: expected a class id in 0…1, received 2 " +
        "(labels that start at 1 or mark a class with −1, or numClasses too small?)",
    );
    expect(() => confusionMatrix([2], [0], 2)).toThrow("confusionMatrix predicted[0]: expected a class id in 0…1");
    expect(() => confusionMatrix([0], [0], 1.5)).toThrow("numClasses: expected a positive integer, received 1.5");
  });
});

describe("scores", () => {
  test("hand-worked counts of class 0: TP 3, FP 2, FN 1, TN 4", () =>
    expect(countsByClass(hand)[0]).toEqual({
      truePositives: 3,
      falsePositives: 2,
      falseNegatives: 1,
      trueNegatives: 4,
    }));
  test("hand-worked: precision 3/5, recall 3/4, F1 6/(6 + 2 + 1), specificity 4/6", () =>
    expect(scoresByClass(hand)[0]).toEqual({
      precision: 3 / 5,
      recall: 3 / 4,
      f1: 6 / 9,
      specificity: 4 / 6,
      support: 4,
    }));
  test("a class that never occurs gets `zeroDivision`, but all of it is left alone", () => {
    expect(scoresByClass(hand)[2]).toEqual({ precision: 0, recall: 0, f1: 0, specificity: 1, support: 0 });
    expect(scoresByClass(hand, { zeroDivision: 1 })[2].precision).toBe(1);
  });
  test("hand-worked averages of recall 3/4 and 4/6, supports 4 and 6: the absent class takes no part", () => {
    expect(recall(hand)).toBeCloseTo((3 / 4 + 4 / 6) / 2, 14);
    expect(recall(hand, { average: "weighted" })).toBeCloseTo((4 * (3 / 4) + 6 * (4 / 6)) / 10, 14);
    expect(recall(hand, { average: "micro" })).toBeCloseTo(7 / 10, 14);
    expect(specificity(hand, { average: "micro" })).toBeCloseTo((4 + 3) / 10, 14); // TN 4 + 3 over TN + FP 6 + 4
  });
  test("each short form is its field of averageScores", () => {
    for (const average of averages) {
      const { precision: p, recall: r, f1: f, specificity: s } = averageScores(hand, { average });
      const short = [precision, recall, f1, specificity].map((score) => score(hand, { average }));
      expect(short).toEqual([p, r, f, s]);
    }
  });

  test("lie in [0, 1]; micro precision, recall and F1 are the accuracy; swapping swaps precision and recall", () =>
    fc.assert(
      fc.property(examples, fc.constantFrom<0 | 1>(0, 1), (pairs, zeroDivision) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const [confusion, swapped] = [confusionMatrix(a, b, 4), confusionMatrix(b, a, 4)];
        for (const average of averages)
          for (const value of Object.values(averageScores(confusion, { average, zeroDivision }))) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1 + 1e-12);
          }
        const micro = averageScores(confusion, { average: "micro" });
        for (const value of [micro.precision, micro.recall, micro.f1]) expect(value).toBeCloseTo(accuracy(a, b), 12);
        expect(precision(swapped, { zeroDivision })).toBeCloseTo(recall(confusion, { zeroDivision }), 12);
      }),
    ));

  test("agree with scikit-learn, by class and for each average and zero division", () => {
    for (const { predicted, actual, numClasses, zeroDivision0, zeroDivision1 } of golden) {
      const confusion = confusionMatrix(predicted, actual, numClasses);
      for (const [zeroDivision, expected] of [[0, zeroDivision0] as const, [1, zeroDivision1] as const]) {
        scoresByClass(confusion, { zeroDivision }).forEach((scores, c) => {
          assertScores(scores, expected.byClass[c]);
          expect(scores.support).toBe(expected.byClass[c].support);
        });
        for (const average of averages)
          assertScores(averageScores(confusion, { average, zeroDivision }), expected[average]);
      }
    }
  });
  test("an empty confusion matrix has no average", () =>
    expect(() => averageScores({ numClasses: 2, counts: new Uint32Array(4) })).toThrow(
      "averageScores: expected at least one example, received an empty confusion matrix",
    ));
});

function assertScores(actual: Scores, expected: Scores): void {
  for (const name of ["precision", "recall", "f1", "specificity"] as const)
    assertClose(name, [actual[name]], [expected[name]], { absolute: 1e-14, relative: 0 });
}

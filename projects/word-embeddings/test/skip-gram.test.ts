import { createRandom, ShapeError } from "@course/core";
import { assertGradient, numericGradient } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import { learnPlaces } from "../learners/learn-places.ts";
import { createGroup, createSkipGram, drawKept, saveableSkipGram } from "../learners/skip-gram-learner.ts";
import {
  GROUP,
  keepChance,
  learnNegatives,
  learnPair,
  NEGATIVES,
  negativeTable,
  type SkipGram,
} from "../src/skip-gram.ts";
import { ids } from "./cases.ts";

const copy = ({ dimension, vectors, outputs }: SkipGram): SkipGram => ({
  dimension,
  vectors: vectors.slice(),
  outputs: outputs.slice(),
});

describe("thinning out", () => {
  test("5.1 hand-worked: a word of a tenth of the text, threshold 0.001: √0.01 + 0.01 = 0.11", () =>
    expect(keepChance(0.1, 0.001)).toBeCloseTo(0.11, 12));
  test("5.1 rare words stay, always", () => {
    expect(keepChance(0.001, 0.001)).toBe(1);
    expect(keepChance(1e-6, 0.001)).toBe(1);
    expect(keepChance(0.004, 0.001)).toBeCloseTo(0.75, 12);
  });
  test("<unk> never stays; a word stays as often as its chance says", () => {
    const text = Int32Array.from({ length: 20_000 }, (_, i) => i % 2);
    const kept = drawKept(text, { counts: [500, 500], threshold: 0.02, random: createRandom(1) });
    expect(kept.filter((_, i) => i % 2 === 0).every((one) => one === 0)).toBe(true);
    const share = kept.reduce((sum, one) => sum + one) / 10_000;
    expect(Math.abs(share - keepChance(0.5, 0.02))).toBeLessThan(0.02); // four standard deviations
  });
});

describe("negatives", () => {
  test("5.2 hand-worked: counts 16 and 81 to the power of ¾ are 8 and 27; <unk> is none", () => {
    const table = negativeTable([1000, 81, 16], 35);
    expect(table.filter((id) => id === 0)).toHaveLength(0);
    expect(table.filter((id) => id === 1)).toHaveLength(27);
    expect(table.filter((id) => id === 2)).toHaveLength(8);
  });
  test("5.2 fills the whole table for any counts", () => {
    const random = createRandom(2);
    const counts = Array.from({ length: 50 }, () => random.integer(1, 1000));
    const table = negativeTable(counts, 10_007);
    const total = counts.slice(1).reduce((sum, count) => sum + count ** 0.75, 0);
    for (const [id, count] of counts.entries())
      if (id > 0)
        expect(
          Math.abs(table.filter((one) => one === id).length - (10_007 * count ** 0.75) / total),
        ).toBeLessThanOrEqual(1);
  });
});

describe("a pair", () => {
  const random = createRandom(3);
  const model: SkipGram = {
    dimension: 3,
    vectors: Float64Array.from({ length: 12 }, () => random.normal()),
    outputs: Float64Array.from({ length: 12 }, () => random.normal()),
  };
  test("5.3 hand-worked: v = [1, 2], u = [2, −1] are at right angles, so p = ½", () => {
    const pair = { dimension: 2, vectors: Float64Array.of(1, 2), outputs: Float64Array.of(2, -1) };
    const change = new Float64Array(2);
    expect(learnPair(pair, { word: 0, context: 0, rate: 0.1 }, change)).toBeCloseTo(Math.LN2, 12);
    expect([...change]).toEqual([0.1, -0.05]); // 0.1 · (1 − ½) · u
    expect([...pair.outputs]).toEqual([2.05, -0.9]); // u + 0.1 · ½ · v
    expect([...pair.vectors]).toEqual([1, 2]); // the caller's to change
  });
  test("5.3 both steps are −rate times the numeric gradient", () => {
    const pair = { word: 1, context: 2 };
    const loss = () => learnPair(copy(model), { ...pair, rate: 0 }, new Float64Array(3));
    const [v, u] = [model.vectors.subarray(3, 6), model.outputs.subarray(6, 9)] as Float64Array[];
    const [dv, du] = [numericGradient(loss, v!), numericGradient(loss, u!)];
    const [after, change] = [copy(model), new Float64Array(3)];
    learnPair(after, { ...pair, rate: 0.3 }, change);
    const steps = Float64Array.from(after.outputs.subarray(6, 9), (value, i) => value - u![i]!);
    assertGradient(
      "v",
      change.map((value) => -value / 0.3),
      dv,
    );
    assertGradient(
      "u",
      steps.map((value) => -value / 0.3),
      du,
    );
    expect(after.outputs.subarray(0, 6)).toEqual(model.outputs.subarray(0, 6));
    expect(after.outputs.subarray(9)).toEqual(model.outputs.subarray(9));
  });
  test("5.3 adds to the change of pairs before it", () => {
    const [once, twice] = [new Float64Array(3), Float64Array.of(7, 7, 7)];
    learnPair(copy(model), { word: 0, context: 3, rate: 0.1 }, once);
    learnPair(copy(model), { word: 0, context: 3, rate: 0.1 }, twice);
    twice.forEach((value, i) => {
      expect(value).toBeCloseTo(7 + once[i]!, 12);
    });
  });
});

describe("a group's negatives", () => {
  const dimension = 3;
  const fill = async () => {
    const group = await createGroup(dimension);
    const random = createRandom(5);
    for (const array of [group.words, group.negatives])
      for (let i = 0; i < array.length; i++) array[i] = random.normal();
    for (let row = 0; row < GROUP; row++) group.weights[row] = row % 3; // rows of weight 0: words without a context
    group.wordSteps.fill(0);
    return group;
  };
  test("5.4 hand-worked: vectors of 0 give p = ½: every pair costs its weight times ln 2", async () => {
    const group = await fill();
    group.words.fill(0);
    const total = group.weights.reduce((sum, weight) => sum + weight);
    expect(learnNegatives(group, 0.1)).toBeCloseTo(total * NEGATIVES * Math.LN2, 2);
    const first = group.negatives.filter((_, i) => i % dimension === 0).reduce((sum, value) => sum + value);
    expect(group.wordSteps[0]).toBeCloseTo(0, 9); // weight 0
    expect(group.wordSteps[dimension]).toBeCloseTo(-0.1 * 0.5 * first, 4); // weight 1: −rate · ½ · Σ u
    expect(group.negativeSteps.every((value) => value === 0)).toBe(true); // −rate · ½ · Σ v, and v = 0
  });
  test("5.4 both steps are −rate times the numeric gradient", async () => {
    const group = await fill();
    const loss = () => {
      let sum = 0;
      for (let row = 0; row < GROUP; row++)
        for (let j = 0; j < NEGATIVES; j++) {
          let score = 0;
          for (let i = 0; i < dimension; i++)
            score += group.words[row * dimension + i]! * group.negatives[j * dimension + i]!;
          sum += group.weights[row]! * Math.log1p(Math.exp(score));
        }
      return sum;
    };
    const [dWords, dNegatives] = [
      numericGradient(loss, group.words, 1e-2),
      numericGradient(loss, group.negatives, 1e-2),
    ];
    const expected = loss();
    expect(learnNegatives(group, 0.5) / expected).toBeCloseTo(1, 5);
    assertGradient(
      "words",
      group.wordSteps.map((value) => -value / 0.5),
      dWords,
      1e-3,
    );
    assertGradient(
      "negatives",
      group.negativeSteps.map((value) => -value / 0.5),
      dNegatives,
      1e-3,
    );
  });
  test("5.4 adds to the words' steps, writes the negatives'", async () => {
    const [once, twice] = [await fill(), await fill()];
    twice.wordSteps.fill(7);
    twice.negativeSteps.fill(7);
    learnNegatives(once, 0.1);
    learnNegatives(twice, 0.1);
    expect(twice.negativeSteps).toEqual(once.negativeSteps);
    twice.wordSteps.forEach((value, i) => {
      expect(value).toBeCloseTo(7 + once.wordSteps[i]!, 4);
    });
  });
});

describe("places", () => {
  const text = ids(1, 2, 3, 1, 2, 3, 1, 2, 3);
  const sampler = (changes = {}) => ({
    text,
    kept: new Uint8Array(9).fill(1),
    table: ids(4, 5),
    window: 1,
    negatives: 3,
    rate: 0.1,
    random: createRandom(1),
    ...changes,
  });
  test("5.4 hand-worked: the first place has one context; outputs are 0, so the loss is (1 + 3) ln 2", async () => {
    const model = createSkipGram(6, 4, createRandom(1));
    expect(learnPlaces(model, await createGroup(4), Uint32Array.of(0), sampler())).toBeCloseTo(4 * Math.LN2, 5);
    expect(model.outputs.subarray(8, 12).some((value) => value !== 0)).toBe(true); // 2, the context
    expect(model.outputs.subarray(12, 16).every((value) => value === 0)).toBe(true); // 3 is none
    expect(model.outputs.subarray(16).some((value) => value !== 0)).toBe(true); // the negatives, 4 and 5
  });
  test("5.4 words that were thinned out are neither words nor contexts: the next one moves up", async () => {
    const group = await createGroup(4);
    const kept = Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0, 0);
    const model = createSkipGram(6, 4, createRandom(1));
    expect(learnPlaces(model, group, Uint32Array.of(1, 4), sampler({ kept }))).toBe(0);
    expect(model.outputs.every((value) => value === 0)).toBe(true);
    learnPlaces(model, group, Uint32Array.of(0), sampler({ kept }));
    expect(model.outputs.subarray(12, 16).some((value) => value !== 0)).toBe(true); // 3, two places on
    expect(model.outputs.subarray(8, 12).every((value) => value === 0)).toBe(true); // 2, thinned out
  });
  test("5.4 a rate of 0 changes nothing", async () => {
    const model = createSkipGram(6, 4, createRandom(1));
    const before = copy(model);
    learnPlaces(model, await createGroup(4), Uint32Array.of(0, 4, 8), sampler({ rate: 0 }));
    expect(model).toEqual(before);
  });
  test("5.4 learns which words stand together, the same with the same seed", async () => {
    const group = await createGroup(8);
    const pairs = Int32Array.from({ length: 4000 }, (_, i) => 1 + 2 * (Math.floor(i / 40) % 2) + (i % 2)); // 1 2 1 2 … 3 4 3 4 …
    const train = () => {
      const model = createSkipGram(5, 8, createRandom(1));
      const places = Uint32Array.from(pairs.keys());
      const setup = {
        text: pairs,
        kept: new Uint8Array(4000).fill(1),
        table: ids(1, 2, 3, 4),
        negatives: 5,
        window: 2,
        rate: 0.008,
      };
      for (let epoch = 0; epoch < 10; epoch++)
        learnPlaces(model, group, places, { ...setup, random: createRandom(epoch) });
      return model;
    };
    const { vectors, outputs } = train();
    const score = (a: number, b: number) =>
      Array.from({ length: 8 }, (_, i) => vectors[8 * a + i]! * outputs[8 * b + i]!).reduce((sum, one) => sum + one);
    expect(score(1, 2)).toBeGreaterThan(score(1, 3) + 1);
    expect(score(4, 3)).toBeGreaterThan(score(4, 1) + 1);
    expect(train().vectors).toEqual(vectors);
  });
  test("a checkpoint of another vocabulary is refused", () => {
    const [one, other] = [createSkipGram(6, 4, createRandom(1)), createSkipGram(7, 4, createRandom(1))];
    expect(() => saveableSkipGram(other).restore(saveableSkipGram(one).state())).toThrow(ShapeError);
  });
});

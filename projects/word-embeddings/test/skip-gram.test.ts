import { createRandom, ShapeError } from "@course/core";
import { assertGradient, numericGradient } from "@course/core/testing";
import { loadKernels } from "@course/kernels";
import { describe, expect, test } from "vitest";
import { learnPlaces } from "../learners/learn-places.ts";
import { createRoom, createSkipGram, drawKept, saveableSkipGram } from "../learners/skip-gram-learner.ts";
import {
  GROUP,
  type Group,
  keepChance,
  learnGroup,
  NEGATIVES,
  negativeTable,
  type SkipGram,
  stepsOfScores,
} from "../src/skip-gram.ts";
import { ids } from "./cases.ts";

const kernels = await loadKernels();
const { allocate } = kernels;
const newModel = (vocabulary: number, dimension: number) =>
  createSkipGram({ vocabulary, dimension, random: createRandom(1), allocate });

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

describe("steps of scores", () => {
  const others = NEGATIVES + 3;
  /** Word 0 has the first context, word 1 the other two, the rest none. */
  const starts = Int32Array.from({ length: GROUP + 1 }, (_, i) => NEGATIVES + [0, 1][i]!).fill(NEGATIVES + 3, 2);
  const weights = Float32Array.from({ length: GROUP }, (_, word) => [0.5, 1][word] ?? 0);
  const steps = (score: number, rate: number) => {
    const scores = new Float32Array(GROUP * others).fill(score);
    return { loss: stepsOfScores({ scores, starts, weights }, rate), scores };
  };

  test("5.3 hand-worked: a score of 0 is p = ½: contexts are pushed up by half the rate, negatives down by half their weight", () => {
    const { loss, scores } = steps(0, 0.1);
    expect(loss).toBeCloseTo((3 + 0.5 * NEGATIVES + NEGATIVES) * Math.LN2, 4);
    const row = (word: number) => Array.from(scores.subarray(word * others, (word + 1) * others), (g) => g.toFixed(4));
    const expected = (negative: string, ...contexts: string[]) => [...Array(NEGATIVES).fill(negative), ...contexts];
    expect(row(0)).toEqual(expected("-0.0250", "0.0500", "0.0000", "0.0000"));
    expect(row(1)).toEqual(expected("-0.0500", "0.0000", "0.0500", "0.0500"));
  });
  test("5.3 words without a context change nothing", () =>
    expect(
      steps(2, 0.1)
        .scores.subarray(2 * others)
        .every((step) => step === 0),
    ).toBe(true));
  test("5.3 steps are −rate times the slope of the loss", () => {
    for (const score of [-3, -0.5, 1, 4]) {
      const scores = (changed: number) => {
        const all = new Float32Array(GROUP * others).fill(score);
        return [0, NEGATIVES, NEGATIVES + 1].map((place) => {
          const one = all.slice();
          one[place] = changed;
          return stepsOfScores({ scores: one, starts, weights }, 0);
        });
      };
      const [up, down] = [scores(score + 0.01), scores(score - 0.01)];
      const received = steps(score, 0.3).scores;
      [0, NEGATIVES, NEGATIVES + 1].forEach((place, i) => {
        expect(received[place]).toBeCloseTo((-0.3 * (up[i]! - down[i]!)) / 0.02, 4);
      });
    }
  });
  test("5.3 a score that no float can raise to e's power costs no infinity", () => {
    for (const score of [-200, 200]) expect(Number.isFinite(steps(score, 0.1).loss)).toBe(true);
  });
});

describe("a group", () => {
  const [dimension, contexts] = [3, 5];
  const fill = (): Group => {
    const room = createRoom(kernels, { dimension, window: 1 });
    const others = NEGATIVES + contexts;
    const group = {
      ...room,
      others: room.others.subarray(0, others * dimension),
      scores: room.scores.subarray(0, GROUP * others),
      otherSteps: room.otherSteps.subarray(0, others * dimension),
    };
    const random = createRandom(5);
    for (const array of [group.words, group.others]) for (let i = 0; i < array.length; i++) array[i] = random.normal();
    group.starts.fill(others).set([NEGATIVES, NEGATIVES + 2, NEGATIVES + 2]); // two, none and three contexts
    group.weights.set([2, 0, 3]);
    group.wordSteps.fill(7); // of the group before
    group.otherSteps.fill(7);
    return group;
  };
  /** Pair by pair. */
  const lossOf = ({ words, others, starts, weights }: Group) => {
    let loss = 0;
    for (let word = 0; word < GROUP; word++)
      for (let other = 0; other < NEGATIVES + contexts; other++) {
        let score = 0;
        for (let i = 0; i < dimension; i++) score += words[word * dimension + i]! * others[other * dimension + i]!;
        if (other < NEGATIVES) loss += weights[word]! * Math.log1p(Math.exp(score));
        else if (other >= starts[word]! && other < starts[word + 1]!) loss += Math.log1p(Math.exp(-score));
      }
    return loss;
  };

  test("5.4 the loss is the sum over pairs", () => {
    const group = fill();
    const expected = lossOf(group);
    expect(learnGroup(group, 0.5) / expected).toBeCloseTo(1, 5);
  });
  test("5.4 both steps are −rate times the numeric gradient, whatever the group before left", () => {
    const group = fill();
    const slopes = [group.words, group.others].map((array) => numericGradient(() => lossOf(group), array, 1e-2));
    learnGroup(group, 0.5);
    const received = [group.wordSteps, group.otherSteps].map((steps) => steps.map((value) => -value / 0.5));
    assertGradient("words", received[0]!, slopes[0]!, 1e-3);
    assertGradient("others", received[1]!, slopes[1]!, 1e-3);
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
  test("5.4 hand-worked: the first place has one context; outputs are 0, so the loss is (1 + 3) ln 2", () => {
    const model = newModel(6, 4);
    expect(
      learnPlaces(model, createRoom(kernels, { dimension: 4, window: 1 }), Uint32Array.of(0), sampler()),
    ).toBeCloseTo(4 * Math.LN2, 5);
    expect(model.outputs.subarray(8, 12).some((value) => value !== 0)).toBe(true); // 2, the context
    expect(model.outputs.subarray(12, 16).every((value) => value === 0)).toBe(true); // 3 is none
    expect(model.outputs.subarray(16).some((value) => value !== 0)).toBe(true); // the negatives, 4 and 5
  });
  test("5.4 words that were thinned out are neither words nor contexts: the next one moves up", () => {
    const room = createRoom(kernels, { dimension: 4, window: 1 });
    const kept = Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0, 0);
    const model = newModel(6, 4);
    expect(learnPlaces(model, room, Uint32Array.of(1, 4), sampler({ kept }))).toBe(0);
    expect(model.outputs.every((value) => value === 0)).toBe(true);
    learnPlaces(model, room, Uint32Array.of(0), sampler({ kept }));
    expect(model.outputs.subarray(12, 16).some((value) => value !== 0)).toBe(true); // 3, two places on
    expect(model.outputs.subarray(8, 12).every((value) => value === 0)).toBe(true); // 2, thinned out
  });
  test("5.4 a rate of 0 changes nothing", () => {
    const model = newModel(6, 4);
    const before = copy(model);
    learnPlaces(model, createRoom(kernels, { dimension: 4, window: 1 }), Uint32Array.of(0, 4, 8), sampler({ rate: 0 }));
    expect(model).toEqual(before);
  });
  test("5.4 learns which words stand together, the same with the same seed", () => {
    const room = createRoom(kernels, { dimension: 8, window: 2 });
    const pairs = Int32Array.from({ length: 4000 }, (_, i) => 1 + 2 * (Math.floor(i / 40) % 2) + (i % 2)); // 1 2 1 2 … 3 4 3 4 …
    const train = () => {
      const model = newModel(5, 8);
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
        learnPlaces(model, room, places, { ...setup, random: createRandom(epoch) });
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
    const [one, other] = [newModel(6, 4), newModel(7, 4)];
    expect(() => saveableSkipGram(other).restore(saveableSkipGram(one).state())).toThrow(ShapeError);
    const { arrays } = saveableSkipGram(one).state();
    const damaged = { arrays: { ...arrays, outputs: arrays.outputs.subarray(1) } };
    expect(() => saveableSkipGram(one).restore(damaged)).toThrow(ShapeError);
  });
});

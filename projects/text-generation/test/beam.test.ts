import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { continueText } from "../generate/continue-text.ts";
import { beamSearch, score } from "../src/beam.ts";
import { createReader } from "../src/reader.ts";
import { block, greedy } from "../src/sample.ts";
import { randomTable, small, TableReader } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

// Greedy takes 1 (0.5), then at best 0.4: 0.2. By 2 (0.4) comes 3 with 0.9: 0.36.
const TRAP = [
  [0.05, 0.5, 0.4, 0.05],
  [0.2, 0.4, 0.2, 0.2],
  [0.02, 0.04, 0.04, 0.9],
  [0.25, 0.25, 0.25, 0.25],
];
const plain = { width: 2, lengthPenalty: 1, blockNGram: 0, length: 2 };

describe("score", () => {
  test("7.1 hand-worked: the sum, the mean, and between", () => {
    const hypothesis = { tokens: [1, 2, 3, 4], logProbability: -6 };
    expect(score(hypothesis, 0)).toBe(-6);
    expect(score(hypothesis, 1)).toBe(-1.5);
    expect(score(hypothesis, 0.5)).toBe(-3);
    expect(score({ tokens: [], logProbability: 0 }, 1)).toBe(0);
  });
});

describe("beam search", () => {
  test("7.2 hand-worked: finds the better text that greedy search misses", () => {
    const [best] = beamSearch(new TableReader(TRAP), [], plain);
    expect(best!.tokens).toEqual([2, 3]);
    expect(best!.logProbability).toBeCloseTo(Math.log(0.36), 5);
    expect(continueText(new TableReader(TRAP), [], { ...plain, choose: greedy })).toEqual([1, 1]);
  });
  test("7.2 a width of 1 is greedy search", () =>
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const table = randomTable(6, createRandom(seed));
        const options = { ...plain, width: 1, length: 7, blockNGram: 2 };
        const greedyText = continueText(new TableReader(table), [2], { ...options, choose: greedy });
        expect(beamSearch(new TableReader(table), [2], options)[0]!.tokens).toEqual(greedyText);
      }),
      { numRuns: 50 },
    ));
  test("7.2 never scores below greedy search, whatever the width, penalty, blocking and endings", () =>
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          width: fc.integer({ min: 1, max: 5 }),
          lengthPenalty: fc.double({ min: 0, max: 2, noNaN: true }),
          blockNGram: fc.integer({ min: 0, max: 3 }),
          length: fc.integer({ min: 1, max: 8 }),
          ends: fc.boolean(),
        }),
        ({ seed, ends, ...options }) => {
          const table = randomTable(6, createRandom(seed));
          const ending = { ...options, ...(ends && { stopAt: new Set([4]) }) };
          const tokens = continueText(new TableReader(table), [1], { ...ending, choose: greedy });
          const logProbability = tokens.reduce(
            (sum, token, i) => sum + Math.log(table[tokens[i - 1] ?? 1]![token]!),
            0,
          );
          const [best] = beamSearch(new TableReader(table), [1], ending);
          const least = score({ tokens, logProbability }, options.lengthPenalty);
          expect(score(best!, options.lengthPenalty)).toBeGreaterThanOrEqual(least - 1e-5);
        },
      ),
      { numRuns: 300 },
    ));
  test("7.2 hand-worked: the start of a text does not compete with those that have ended", () => {
    // 1 ends a text: alone 0.6, mean log -0.51; 2 1 has 0.4 · 0.05, mean log -1.96. Then two have ended, while 2 2, with
    // 0.4 · 0.95 and a mean log of -0.48 the best of all, goes on.
    const table = [
      [0, 0.6, 0.4],
      [0, 0.5, 0.5],
      [0, 0.05, 0.95],
    ];
    const found = beamSearch(new TableReader(table), [], { ...plain, length: 9, stopAt: new Set([1]) });
    expect(found.map(({ tokens }) => tokens)).toEqual([[1], [2, 1]]);
  });
  test("7.2 every text has ended: at a mark, at its length, or where all is blocked", () =>
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          width: fc.integer({ min: 1, max: 5 }),
          blockNGram: fc.integer({ min: 0, max: 2 }),
          length: fc.integer({ min: 1, max: 9 }),
        }),
        ({ seed, ...options }) => {
          const table = randomTable(5, createRandom(seed));
          const found = beamSearch(new TableReader(table), [1], { ...plain, ...options, stopAt: new Set([4]) });
          expect(found.length).toBeGreaterThan(0);
          for (const { tokens } of found) {
            const isBlocked = block(new Float32Array(5), [1, ...tokens], options).every((p) => p === -Infinity);
            expect(tokens.at(-1) === 4 || tokens.length === options.length || isBlocked).toBe(true);
            expect(tokens.slice(0, -1)).not.toContain(4);
          }
        },
      ),
      { numRuns: 200 },
    ));
  test("7.2 as wide as there are texts, it finds the best of all", () =>
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const table = randomTable(4, createRandom(seed));
        let best = -Infinity;
        for (const a of [1, 2, 3])
          for (const b of [1, 2, 3])
            for (const c of [1, 2, 3]) best = Math.max(best, Math.log(table[0]![a]! * table[a]![b]! * table[b]![c]!));
        const found = beamSearch(new TableReader(table), [], { ...plain, width: 27, length: 3 });
        expect(found[0]!.logProbability).toBeCloseTo(best, 4);
        expect(found).toHaveLength(27);
      }),
      { numRuns: 30 },
    ));
  test("7.2 of equally likely tokens those with the smaller ids, whatever is blocked", () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 1, max: 14 }),
        (weights, width) => {
          const row = weights.map((weight) => weight / 8);
          const expected = [...row.keys()].slice(1).filter((token) => row[token]! > 0);
          expected.sort((a, b) => row[b]! - row[a]! || a - b);
          const found = beamSearch(new TableReader([row]), [], { ...plain, width, length: 1 });
          expect(found.flatMap(({ tokens }) => tokens)).toEqual(expected.slice(0, width));
        },
      ),
      { numRuns: 300 },
    ));
  test("7.2 one step of the network for each token, however wide", () => {
    const reader = new TableReader(randomTable(9, createRandom(1)));
    beamSearch(reader, [1, 2], { ...plain, width: 8, length: 10 });
    expect(reader.calls).toBe(10); // the prompt, then nine tokens; the tenth needs no more
  });
  test("7.2 no n-gram twice, the prompt's included; the log-probability is that of its tokens; parents are prefixes", () => {
    const table = randomTable(7, createRandom(3));
    for (const one of beamSearch(new TableReader(table), [1, 2, 3], {
      ...plain,
      width: 4,
      length: 12,
      blockNGram: 2,
    })) {
      const text = [1, 2, 3, ...one.tokens];
      const pairs = text.slice(1).map((token, i) => `${text[i]} ${token}`);
      expect(new Set(pairs).size).toBe(pairs.length);
      expect(one.logProbability).toBeCloseTo(
        one.tokens.reduce((sum, token, i) => sum + Math.log(table[text[i + 2]!]![token]!), 0),
        3,
      );
      expect(one.parent!.tokens).toEqual(one.tokens.slice(0, -1));
    }
  });
  test("7.2 with a network: rows side by side give what each text costs alone; no tensor stays", () => {
    const network = small({ units: 8, embedding: 8 });
    const before = tf.memory().numTensors;
    const reader = createReader(network);
    const found = beamSearch(reader, [1], { ...plain, width: 3, length: 4 });
    const { tokens, logProbability } = found.at(-1)!;
    let sum = reader.start([1]).logProbabilities[tokens[0]!]!;
    for (let i = 1; i < 4; i++) sum += reader.advance([0], [tokens[i - 1]!]).logProbabilities[tokens[i]!]!;
    expect(logProbability).toBeCloseTo(sum, 4);
    reader.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

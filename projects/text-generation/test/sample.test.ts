import { createRandom } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { continueText } from "../generate/continue-text.ts";
import { block, drawWith, greedy, keepNucleus, keepTop } from "../src/sample.ts";
import { randomTable, TableReader } from "./cases.ts";

const logs = (...p: number[]) => Float32Array.from(p, Math.log);
const kept = (logP: Float32Array) => [...logP.keys()].filter((i) => logP[i] !== -Infinity);

describe("choosing a token", () => {
  test("greedy takes the likeliest", () => expect(greedy(logs(0.1, 0.2, 0.6, 0.1))).toBe(2));
  test.each([
    [1, [0.5, 0.3, 0.2]],
    [0.5, [25 / 38, 9 / 38, 4 / 38]], // squares 0.25, 0.09, 0.04 of 0.38
    [2, [0.4154, 0.3218, 0.2628]], // square roots 0.7071, 0.5477, 0.4472 of 1.7020
  ])("6.2 temperature %d, drawn 20,000 times", (temperature, expected) => {
    const draw = drawWith(createRandom(1), temperature);
    const counts = [0, 0, 0];
    for (let i = 0; i < 20_000; i++) counts[draw(logs(0.5, 0.3, 0.2))]!++;
    counts.forEach((count, i) => {
      expect(Math.abs(count / 20_000 - expected[i]!)).toBeLessThan(0.015); // four standard errors
    });
  });
  test("6.2 never a token that is out of the question; near 0 it is greedy", () => {
    const draw = drawWith(createRandom(2), 1);
    for (let i = 0; i < 500; i++) expect(draw(Float32Array.of(-Infinity, 0, -Infinity, -1))).toBeOneOf([1, 3]);
    for (let i = 0; i < 50; i++) expect(drawWith(createRandom(i), 1e-3)(logs(0.4, 0.6))).toBe(1);
  });
  test("6.3 hand-worked: the two likeliest of four; all of them where k is larger", () => {
    expect(kept(keepTop(logs(0.1, 0.4, 0.2, 0.3), 2))).toEqual([1, 3]);
    expect(kept(keepTop(logs(0.1, 0.4, 0.2, 0.3), 9))).toHaveLength(4);
    expect(keepTop(logs(0.1, 0.9), 1)[1]).toBeCloseTo(Math.log(0.9), 6);
  });
  test("6.4 hand-worked: 0.4 + 0.3 passes 0.6, so two stay; a sure token stays alone", () => {
    expect(kept(keepNucleus(logs(0.1, 0.4, 0.2, 0.3), 0.6))).toEqual([1, 3]);
    expect(kept(keepNucleus(logs(0.96, 0.02, 0.02), 0.9))).toEqual([0]);
    expect(kept(keepNucleus(logs(0.25, 0.25, 0.5), 1))).toHaveLength(3);
  });
  test("6.4 of what is left, where tokens were taken out before", () =>
    // 0.3 and 0.1 of 0.4 are left: 0.3 is three quarters of it
    expect(kept(keepNucleus(Float32Array.of(-Infinity, Math.log(0.3), Math.log(0.1)), 0.7))).toEqual([1]));
  test("6.5 hand-worked: after 1 2 3 1 2 a second 1 2 3 is blocked, and <unk> always", () => {
    expect(kept(block(new Float32Array(5), [1, 2, 3, 1, 2], { blockNGram: 3 }))).toEqual([1, 2, 4]);
    expect(kept(block(new Float32Array(5), [1, 2, 3, 1, 2], { blockNGram: 0 }))).toEqual([1, 2, 3, 4]);
    expect(kept(block(new Float32Array(5), [1, 2], { blockNGram: 3 }))).toEqual([1, 2, 3, 4]); // too short to repeat
    expect(kept(block(new Float32Array(4), [1, 3], { blockNGram: 1 }))).toEqual([2]); // no token twice
    const ban = (text: readonly number[]) => [text.length];
    expect(kept(block(new Float32Array(5), [1, 2], { blockNGram: 0, ban }))).toEqual([1, 3, 4]);
  });
});

describe("a text, token by token", () => {
  test("6.5 no n-gram twice, by any choice", () =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), (seed, n) => {
        const random = createRandom(seed);
        const reader = new TableReader(randomTable(5, random));
        const prompt = [1, 2];
        for (const choose of [greedy, drawWith(random, 1)]) {
          const text = [...prompt, ...continueText(reader, prompt, { choose, length: 40, blockNGram: n })];
          const grams = Array.from({ length: Math.max(0, text.length - n + 1) }, (_, i) =>
            text.slice(i, i + n).join(" "),
          );
          expect(new Set(grams).size).toBe(grams.length);
          expect(text).not.toContain(0);
        }
      }),
      { numRuns: 60 },
    ));
  test("ends after a token that ends it, or at its length", () => {
    const reader = new TableReader([
      [0.1, 0.7, 0.1, 0.1],
      [0.1, 0.1, 0.7, 0.1],
      [0.1, 0.1, 0.1, 0.7],
      [0.1, 0.7, 0.1, 0.1],
    ]);
    expect(continueText(reader, [], { choose: greedy, length: 9, blockNGram: 0, stopAt: new Set([3]) })).toEqual([
      1, 2, 3,
    ]);
    expect(continueText(reader, [], { choose: greedy, length: 2, blockNGram: 0 })).toEqual([1, 2]);
  });
});

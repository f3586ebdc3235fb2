import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinctN, perplexity, repetitionRate } from "../src/index.ts";
import { readGolden } from "./golden.ts";

interface Golden {
  texts: string[][];
  byN: Record<string, { distinct: number; repetition: number }>;
  perplexity: { probabilities: number[]; perplexity: number };
}
const golden = readGolden<Golden>("text");
const loop = "of the country of the country".split(" ");
const texts = fc.array(fc.array(fc.nat(3), { maxLength: 12 }), { maxLength: 4 }).map((list) => [...list, [0, 1, 2, 3]]);
const order = fc.integer({ min: 1, max: 4 });

describe("perplexity", () => {
  test("hand-worked: 50 equally likely tokens, exp(ln 50); certainty, exp(0)", () => {
    expect(perplexity(Math.log(50))).toBeCloseTo(50, 12);
    expect(perplexity(0)).toBe(1);
  });
  test("is the inverse of the geometric mean probability, and at least 1", () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (p) => {
        const inverseGeometricMean = p.reduce((product, x) => product * x, 1) ** (-1 / p.length);
        const value = perplexity(p.reduce((sum, x) => sum - Math.log(x), 0) / p.length);
        expect(value / inverseGeometricMean).toBeCloseTo(1, 9);
        expect(value).toBeGreaterThanOrEqual(1);
      }),
    ));
  test("agrees with nltk", () => {
    const { probabilities, perplexity: expected } = golden.perplexity;
    const nats = probabilities.reduce((sum, p) => sum - Math.log(p), 0) / probabilities.length;
    expect(perplexity(nats)).toBeCloseTo(expected, 10);
  });
  test("refuses a log-likelihood of the other sign, and NaN", () => {
    expect(() => perplexity(-3)).toThrow(
      "perplexity: expected a mean negative log-likelihood ≥ 0 in nats, received -3 (a log-likelihood of the other sign?)",
    );
    expect(() => perplexity(Number.NaN)).toThrow("received NaN (a mean over no tokens?)");
  });
});

describe("n-gram diversity", () => {
  test("hand-worked loop: 3 of 6 words and 3 of 5 pairs are distinct, so 2 pairs repeat", () => {
    expect(distinctN([loop], 1)).toBe(3 / 6);
    expect(distinctN([loop], 2)).toBe(3 / 5);
    expect(repetitionRate([loop], 2)).toBe(2 / 5);
  });
  test("hand-worked, two texts: pooled for distinct-n, each for itself for repetition", () => {
    expect(distinctN([loop, loop], 3)).toBe(3 / 8); // of the, the country, country of: 4 of each text, 3 distinct
    expect(repetitionRate([loop, loop], 3)).toBe(2 / 8); // one of four repeats in each
    expect(repetitionRate([["a"], ["a"]], 1)).toBe(0);
  });
  test("token boundaries count: a, bc is not ab, c; and the number 1 is not the word 1", () => {
    expect(
      distinctN(
        [
          ["a", "bc"],
          ["ab", "c"],
        ],
        2,
      ),
    ).toBe(1);
    expect(distinctN([["a b"], ["a", "b"]], 1)).toBe(1);
    expect(distinctN([[1], ["1"]], 1)).toBe(1);
  });
  test("a text shorter than n adds nothing; token ids may be typed", () => {
    expect(distinctN([["a"], ["a", "b"]], 2)).toBe(1);
    expect(repetitionRate([Uint16Array.of(7, 7, 7)], 1)).toBe(2 / 3);
  });

  test("equal a count of joined n-grams; in range; on one text they add up to 1", () =>
    fc.assert(
      fc.property(texts, order, (list, n) => {
        const grams = list.map((text) =>
          text.slice(0, Math.max(0, text.length - n + 1)).map((_, i) => text.slice(i, i + n).join()),
        );
        const total = grams.flat().length;
        expect(distinctN(list, n)).toBe(new Set(grams.flat()).size / total);
        const repeated = grams.reduce((sum, own) => sum + own.length - new Set(own).size, 0);
        expect(repetitionRate(list, n)).toBe(repeated / total);
        expect(distinctN(list, n)).toBeGreaterThan(0);
        expect(repetitionRate(list, n)).toBeLessThan(1);
        const single = list.slice(-1);
        expect(distinctN(single, n) + repetitionRate(single, n)).toBeCloseTo(1, 12);
      }),
    ));
  test("agrees with nltk's n-grams", () => {
    for (const [n, { distinct, repetition }] of Object.entries(golden.byN)) {
      expect(distinctN(golden.texts, Number(n))).toBeCloseTo(distinct, 14);
      expect(repetitionRate(golden.texts, Number(n))).toBeCloseTo(repetition, 14);
    }
  });
  test("say that no text is long enough, and that n is no length", () => {
    expect(() => distinctN([["a"]], 2)).toThrow(
      "distinctN texts: expected a text of at least 2 tokens, received none " +
        "(a string instead of a list of tokens, or empty samples?)",
    );
    expect(() => repetitionRate([], 1)).toThrow("repetitionRate texts: expected a text of at least 1 tokens");
    expect(() => distinctN([loop], 0)).toThrow("distinctN n: expected a positive integer, received 0");
  });
});

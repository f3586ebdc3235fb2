import { UserError } from "@course/core";
import { loadTexts, tokenize } from "@course/data";
import { accuracy } from "@course/metrics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { predictBaselines } from "../report/baselines.ts";
import { config } from "../src/config.ts";
import { FORMS, findGaps, takeExamples, toExamples, tokensOf } from "../src/data.ts";

const WORDS = "it the cat was on mat , she has been".split(" ");
const idOf = (token: string) => WORDS.indexOf(token) + 1;

describe("gaps", () => {
  test("1.1 hand-worked: two forms with two tokens on each side, one too near the end", () => {
    const found = findGaps(tokenize("The cat was on the mat, she has been"), 2, idOf);
    // "was" between the cat | on the; "has" has only one token after it
    expect(found.count).toBe(1);
    expect([...found.contexts]).toEqual([2, 3, 5, 2]);
    expect(FORMS[found.labels[0]!]).toBe("was");
    const near = findGaps(tokenize("The cat was on the mat, she has been"), 1, idOf);
    expect([...near.labels].map((label) => FORMS[label])).toEqual(["was", "has"]);
    expect([...near.contexts]).toEqual([3, 5, 8, 10]); // "been" is context here, and has nothing after it
  });
  test("1.1 every place of a form is found once, with what stands around it", () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (tokens, context) => {
          const { contexts, labels, count, width } = findGaps(tokens, context, idOf);
          const places = [...tokens.keys()].filter(
            (i) => FORMS.includes(tokens[i]!) && i >= context && i + context < tokens.length,
          );
          expect(width).toBe(2 * context);
          expect([...labels].map((label) => FORMS[label])).toEqual(places.map((i) => tokens[i]));
          const around = places.flatMap((i) =>
            [...tokens.slice(i - context, i), ...tokens.slice(i + 1, i + 1 + context)].map(idOf),
          );
          expect([...contexts]).toEqual(around);
          expect(count).toBe(places.length);
        },
      ),
    ));
  test("1.1 an unknown word has row 0; texts without gaps have none", () => {
    expect([...findGaps(["zebra", "is", "mat"], 1, idOf).contexts]).toEqual([0, 6]);
    expect(findGaps([], 1, idOf).count).toBe(0);
    expect(findGaps(["is"], 1, idOf).count).toBe(0);
  });
  test("examples at indices", () => {
    const found = findGaps("the cat is on mat . she was the cat . it has the mat .".split(" "), 1, idOf);
    const { contexts, labels } = takeExamples(found, Uint32Array.of(2, 0));
    expect([...contexts]).toEqual([1, 2, 3, 5]);
    expect([...labels].map((label) => FORMS[label])).toEqual(["has", "is"]);
  });
  test("1.1 the seven novels have as many as the assignment says, and counting is as good", async () => {
    const tokens = tokensOf(await loadTexts({ offline: true }), 0);
    const words = [...new Set(tokens.train)];
    const ids = new Map(words.map((word, i) => [word, i + 1]));
    const splits = toExamples(tokens, config.parse({}).context, (token) => ids.get(token) ?? 0);
    expect([splits.train, splits.validation, splits.test].map(({ count }) => count)).toEqual([41_374, 4_837, 11_552]);
    const answers = predictBaselines({ ...splits, words: words.length + 1 });
    expect(accuracy(answers["majority form"], splits.test.labels)).toBeCloseTo(0.208, 3);
    expect(accuracy(answers["count table"], splits.test.labels)).toBeGreaterThan(0.59);
  });
  test("a text without gaps is a user's mistake", () => {
    const texts = { train: ["the", "cat", "is", "on", "mat"], validation: ["cat"], test: [] };
    expect(() => toExamples(texts, 1, idOf)).toThrow(UserError);
    expect(() => toExamples(texts, 1, idOf)).toThrow(
      "validation text: expected forms of be or have with 1 tokens on each side, found none in 1 tokens",
    );
    expect(() => toExamples(texts, 9, idOf)).toThrow("train text: expected forms of be or have with 9 tokens");
  });
});

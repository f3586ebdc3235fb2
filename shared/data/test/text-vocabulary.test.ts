import { UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  buildVocabulary,
  coverage,
  decode,
  encode,
  restoreVocabulary,
  saveVocabulary,
  UNKNOWN,
} from "../src/text/index.ts";

const tokens = "b a b c a b d".split(" ");

describe("buildVocabulary", () => {
  test("hand-worked: most frequent first, ties in order of the alphabet, the rest is <unk>", () => {
    const vocabulary = buildVocabulary(tokens, { minCount: 2 });
    expect(vocabulary.tokens).toEqual([UNKNOWN, "b", "a"]);
    expect(vocabulary.counts).toEqual([2, 3, 2]); // c and d are unknown
    expect(vocabulary).toMatchObject({ total: 7, distinct: 4, coverage: 5 / 7, minCount: 2 });
    expect(buildVocabulary(tokens).tokens).toEqual([UNKNOWN, "b", "a", "c", "d"]);
  });
  test("a token spelled <unk>, or like a property of objects, does no harm", () => {
    const { tokens: kept, coverage: share } = buildVocabulary([UNKNOWN, "constructor", "__proto__"]);
    expect(kept).toEqual([UNKNOWN, "__proto__", "constructor"]);
    expect(share).toBe(2 / 3);
  });
  test("no tokens", () =>
    expect(() => buildVocabulary([])).toThrow(
      new UserError("vocabulary: expected tokens, received none (an empty text?)"),
    ));
  test("a threshold that leaves nothing", () =>
    expect(() => buildVocabulary(tokens, { minCount: 4 })).toThrow(
      new UserError(
        "vocabulary: expected tokens that occur 4 times or more, received none: the most frequent occurs 3 times (minCount too high or text too short?)",
      ),
    ));
  test.each([0, -1, 1.5, Number.NaN])("a threshold of %d", (minCount) =>
    expect(() => buildVocabulary(tokens, { minCount })).toThrow(
      new UserError(`vocabulary: expected a whole minCount of at least 1, received ${minCount}`),
    ),
  );
});

describe("encode and decode", () => {
  const vocabulary = buildVocabulary(tokens, { minCount: 2 });
  test("hand-worked", () => {
    expect([...encode(vocabulary, ["a", "b", "zebra", "c"])]).toEqual([2, 1, 0, 0]);
    expect(decode(vocabulary, [2, 1, 0])).toEqual(["a", "b", UNKNOWN]);
    expect(encode(vocabulary, [])).toHaveLength(0);
  });
  test("decode undoes encode where every token is known", () =>
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
        const known = words.filter((word) => word !== UNKNOWN).concat("x");
        const all = buildVocabulary(known);
        expect(decode(all, encode(all, known))).toEqual(known);
        expect(coverage(all, known)).toBe(1);
      }),
    ));
  test("coverage counts tokens", () => {
    expect(coverage(vocabulary, ["a", "x", UNKNOWN, "b"])).toBe(0.5);
    expect(coverage(vocabulary, [])).toBeNaN();
  });
  test.each([3, -1, 0.5])("decode refuses %d", (id) =>
    expect(() => decode(vocabulary, [0, id])).toThrow(
      `decode: expected ids from 0 to 2, received ${id} at index 1 (of another vocabulary?)`,
    ),
  );
});

describe("a saved vocabulary", () => {
  const vocabulary = buildVocabulary(tokens, { minCount: 2 });
  test("comes back from JSON as it was", () =>
    expect(restoreVocabulary(JSON.parse(JSON.stringify(saveVocabulary(vocabulary))))).toEqual(vocabulary));
  test("an edited one is refused", () =>
    expect(() => restoreVocabulary({ ...saveVocabulary(vocabulary), tokens: [UNKNOWN, "a", "b"] })).toThrow(
      /^vocabulary: expected the hash .* \(edited, or of another model\?\)$/,
    ));
});

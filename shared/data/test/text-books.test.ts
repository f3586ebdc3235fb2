import { beforeAll, describe, expect, test } from "vitest";
import {
  type Book,
  type BookSplit,
  buildVocabulary,
  characters,
  coverage,
  isWord,
  loadBooks,
  sentences,
  splitBooks,
  tokenize,
} from "../src/text/index.ts";

const FORMS = new Set("be am are is was were being been have has had having".split(" "));

/** The figures are those of the course's specification, which another program counted. */
describe("the seven novels, split by book and chapter", () => {
  let books: readonly Book[];
  let split: BookSplit;
  let tokens: Record<keyof BookSplit, string[]>;
  let milliseconds: number;
  beforeAll(async () => {
    ({ books } = await loadBooks());
    split = splitBooks(books);
    const start = performance.now();
    tokens = {
      train: split.train.flatMap(tokenize),
      validation: split.validation.flatMap(tokenize),
      test: split.test.flatMap(tokenize),
    };
    milliseconds = performance.now() - start;
  });
  const counts = (count: (name: keyof BookSplit) => number) => [count("train"), count("validation"), count("test")];

  test("chapters", () =>
    expect(books.map(({ name, chapters }) => `${name} ${chapters.length}`)).toEqual([
      "emma 55",
      "mansfield-park 48",
      "northanger-abbey 31",
      "persuasion 24",
      "pride-and-prejudice 61",
      "sense-and-sensibility 50",
      "moby-dick 135",
    ]));
  test("characters", () =>
    expect(counts((name) => split[name].reduce((sum, text) => sum + text.length, 0))).toEqual([
      3_842_569, 462_768, 878_555,
    ]));
  test("tokens, in less than 5 seconds", () => {
    expect(counts((name) => tokens[name].length)).toEqual([806_791, 97_000, 191_064]);
    expect(milliseconds).toBeLessThan(5000); // 0.3 s on an idle machine
  });
  test("forms of be and have", () =>
    expect(counts((name) => tokens[name].filter((token) => FORMS.has(token)).length)).toEqual([41_374, 4838, 11_552]));
  test("vocabulary of count ≥ 5 and its coverage of the test", () => {
    const vocabulary = buildVocabulary(tokens.train, { minCount: 5 });
    expect(vocabulary.tokens).toHaveLength(7423);
    expect(vocabulary.distinct).toBe(23_624);
    expect(coverage(vocabulary, tokens.test)).toBeCloseTo(0.954, 3);
    // The specification says 94.6 %, which is what comes out where "--" counts as a word (0.9465).
    expect(coverage(vocabulary, tokens.test.filter(isWord))).toBeCloseTo(0.9454, 4);
    expect(
      coverage(
        vocabulary,
        tokens.test.filter((token) => isWord(token) || token === "--"),
      ),
    ).toBeCloseTo(0.946, 3);
  });
  test("54 characters and <unk>", () =>
    expect(buildVocabulary(split.train.flatMap(characters)).tokens).toHaveLength(55));
  test("cutting into sentences loses and changes no token", () => {
    const cut = split.test.flatMap(sentences);
    expect(cut.flatMap(tokenize)).toEqual(tokens.test);
    expect(cut.length).toBeGreaterThan(6000);
  });
  test("no chapter is in two splits", () =>
    expect(new Set([...split.train, ...split.validation, ...split.test]).size).toBe(404));
});

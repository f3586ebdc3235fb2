import { describe, expect, test } from "vitest";
import { characters, isWord, paragraphs, tokenize } from "../src/text/index.ts";

describe("tokenize", () => {
  test("hand-worked: words, marks, a dash", () =>
    expect(tokenize('"Oh! yes," said Emma; "it is--(quite) so: why?"')).toEqual(
      '" oh ! yes , " said emma ; " it is -- ( quite ) so : why ? "'.split(" "),
    ));
  test.each([
    ["o'clock to-morrow", ["o'clock", "to-morrow"]],
    ["sou'-wester twelve-o'clock-at-night", ["sou'-wester", "twelve-o'clock-at-night"]],
    ["'tis 'no' the years' end", ["tis", "no", "the", "years", "end"]],
    ["all--and ------ x", ["all", "--", "and", "--", "--", "--", "x"]],
    ["Mr. Elton, Mrs. and Dr. of St. James", ["mr.", "elton", ",", "mrs.", "and", "dr.", "of", "st.", "james"]],
    ["the first. Amr. 21st.", ["the", "first", ".", "amr", ".", "21", "st", "."]],
    ["8th 10,000", ["8", "th", "10", ",", "000"]],
    ["_very_ v_e_ry & *note [end] £5", ["very", "very", "note", "end", "5"]],
    ["It’s “so”—he said…", ["it's", '"', "so", '"', "--", "he", "said", ".", ".", "."]],
    ["Éric naïve cafe\u0301", ["éric", "naïve", "café"]],
    ["", []],
    [" \n ", []],
  ])("%s", (text, tokens) => expect(tokenize(text)).toEqual(tokens));
  test("isWord tells words and numbers from marks", () =>
    expect(["mr.", "8", "été", "--", ",", '"'].map(isWord)).toEqual([true, true, true, false, false, false]));
});

describe("characters", () => {
  test("are lower-cased code points", () => expect(characters("Aé😀\n")).toEqual(["a", "é", "😀", "\n"]));
  test("are those of a keyboard, as words are: curly quotes, dashes, an accent of its own", () =>
    expect(characters("“It’s”—e\u0301…").join("")).toBe('"it\'s"--é...'));
});

describe("paragraphs", () => {
  test("joins lines, collapses spaces, strips _", () =>
    expect(paragraphs("A _very_\n  long\tline.\n \n\n\nNext.\n")).toEqual(["A very long line.", "Next."]));
  test("none of an empty text, or of italics marks alone", () => {
    expect(paragraphs("")).toEqual([]);
    expect(paragraphs("a\n\n__\n\nb")).toEqual(["a", "b"]);
  });
});

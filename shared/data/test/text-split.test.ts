import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { splitBooks, splitChapters, splitText, toBook } from "../src/text/index.ts";

const chapter = (text: string) => ({ heading: "", text });
const numbered = (name: string, count: number) => ({
  name,
  chapters: Array.from({ length: count }, (_, i) => chapter(`${name} ${i + 1}`)),
});

describe("splitChapters", () => {
  test("hand-worked: title, volumes and the end are left out, headings are kept apart", () =>
    expect(
      splitChapters(
        "A TALE\n\nVOLUME I\n\nCHAPTER I\n\nOne\ntwo.\n\nThree.\n\nVOLUME II\n\nChapter 2. The _Sea_.\n\nFour.\n\nTHE END\n",
      ),
    ).toEqual([
      { heading: "CHAPTER I", text: "One two.\nThree." },
      { heading: "Chapter 2. The Sea.", text: "Four." },
    ]));
  test("a sentence about a chapter is no heading", () =>
    expect(splitChapters("Chapter 3 was long.\nSo she closed the book.\n\nChapter xylophone")).toEqual([
      chapter("Chapter 3 was long. So she closed the book.\nChapter xylophone"),
    ]));
  test("a text without headings is one chapter, an empty one none", () => {
    expect(splitChapters("a\n\nb")).toEqual([chapter("a\nb")]);
    expect(splitChapters(" \n")).toEqual([]);
    expect(() => toBook({ name: "x.txt", text: "" })).toThrow(new UserError("x.txt: expected text, received none"));
  });
});

describe("splitBooks", () => {
  test("hand-worked: 15 chapters → 14 and 1 (13.5 rounded), Emma whole", () => {
    const split = splitBooks([numbered("emma", 2), numbered("other", 15)]);
    expect(split.test).toEqual(["emma 1", "emma 2"]);
    expect(split.train).toHaveLength(14);
    expect(split.validation).toEqual(["other 15"]);
  });
  test("a test book that is not there", () =>
    expect(() => splitBooks([numbered("emma", 1)], { test: ["ema"] })).toThrow(
      new UserError('test book "ema": not among the books (did you mean "emma"?)'),
    ));
  test("a split without a chapter", () =>
    expect(() => splitBooks([numbered("emma", 1), numbered("other", 4)])).toThrow(
      new UserError(
        "validation split: expected chapters, received none (one book, or no chapters? use splitText instead)",
      ),
    ));
});

describe("splitText", () => {
  test("hand-worked: ten paragraphs of one length → 8, 1 and 1, in their order", () => {
    const text = Array.from({ length: 10 }, (_, i) => `p${i}`).join("\n\n");
    expect(splitText(text)).toEqual({ train: ["p0\np1\np2\np3\np4\np5\np6\np7"], validation: ["p8"], test: ["p9"] });
  });
  test("a text with a paragraph on each line is split at lines; one with empty lines is not", () => {
    const lines = Array.from({ length: 10 }, (_, i) => `p${i}`);
    expect(splitText(lines.join("\n"))).toEqual(splitText(lines.join("\n\n")));
    const wrapped = lines.map((line) => `${line}\n${line}`).join("\n\n");
    expect(splitText(wrapped).test).toEqual(["p9 p9"]);
  });
  test.each([
    ["one\n\ntwo", 2, "validation"],
    ["one", 1, "validation"],
    ["", 0, "train"],
  ])("a text that is too short: %j", (text, count, name) =>
    expect(() => splitText(text)).toThrow(
      new UserError(
        `text: expected enough paragraphs or lines for train, validation and test, received ${count}: none is left for ${name} (too short?)`,
      ),
    ),
  );
});

import { describe, expect, test } from "vitest";
import { sentences } from "../src/text/index.ts";

describe("sentences", () => {
  test("hand-worked: abbreviations, initials and speech do not cut", () =>
    expect(
      sentences('Mr. Elton came. "Is it?" said he. J. Ross Browne\nwrote it! And\n\nthen. It was I. He went.'),
    ).toEqual([
      "Mr. Elton came.",
      '"Is it?" said he.',
      "J. Ross Browne wrote it!",
      "And",
      "then.",
      "It was I.",
      "He went.",
    ]));
  test("no sentence in an empty text", () => expect(sentences(" \n\n ")).toEqual([]));
});

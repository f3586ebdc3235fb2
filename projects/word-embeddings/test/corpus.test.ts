import { createRandom, UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { createGuesser } from "../learners/guesser.ts";
import { countBaselines } from "../report/baselines.ts";
import { loadCorpus, takeWindows } from "../src/corpus.ts";
import { folderOf, ids, SENTENCES, small } from "./cases.ts";

const load = (files: Record<string, string | Uint8Array>, changes = {}) =>
  loadCorpus(small(changes), { dataFolder: folderOf(files), offline: true });

describe("windows of a batch", () => {
  const windows = { contexts: ids(1, 2, 2, 3, 3, 4), targets: ids(3, 4, 5), width: 2 };
  test("1.1 hand-worked: the rows asked for, in that order, twice if asked twice", () => {
    expect(takeWindows(windows, Uint32Array.of(2, 0, 2))).toEqual({
      contexts: ids(3, 4, 1, 2, 3, 4),
      targets: ids(5, 3, 5),
      width: 2,
    });
    expect(takeWindows({ contexts: ids(7, 8, 9), targets: ids(1), width: 3 }, Uint32Array.of(0)).contexts).toEqual(
      ids(7, 8, 9),
    );
  });
});

describe("the user's own texts", () => {
  test("a folder: 80 % train, 10 % validate, 10 % test; totals and coverage", async () => {
    const { vocabulary, ids, coverage, provenance } = await load({ "a.txt": SENTENCES });
    expect([ids.train.length, ids.validation.length, ids.test.length]).toEqual([120, 15, 15]);
    expect(vocabulary).toMatchObject({ total: 120, distinct: 9, coverage: 1 }); // the cat sat on mat , and dog .
    expect(coverage).toEqual({ train: 1, validation: 1, test: 1 });
    expect(provenance.source).toContain("folder");
  });
  test("line ends, encodings and quotation marks make no difference", async () => {
    const plain = await load({ "a.txt": SENTENCES });
    const windows = await load({ "a.txt": SENTENCES.replaceAll("\n", "\r\n") });
    const utf16 = await load({ "a.txt": Buffer.from(`\ufeff${SENTENCES}`, "utf16le") });
    expect(windows.vocabulary.hash).toBe(plain.vocabulary.hash);
    expect(utf16.ids).toEqual(plain.ids);
  });
  test.each<[string, Record<string, string>, object, string]>([
    ["no text", { "a.txt": " \n" }, {}, "expected text, received an empty file"],
    ["no .txt file", { "a.md": "text" }, {}, "expected .txt files, received none"],
    [
      "one word",
      { "a.txt": "word" },
      {},
      "expected enough paragraphs or lines for train, validation and test, received 1",
    ],
    [
      "a threshold that leaves nothing",
      { "a.txt": SENTENCES },
      { minCount: 999 },
      "expected tokens that occur 999 times",
    ],
  ])("%s is a user's mistake", async (_, files, changes, message) => {
    await expect(load(files, changes)).rejects.toThrow(UserError);
    await expect(load(files, changes)).rejects.toThrow(message);
  });
  test("a context longer than the text", async () => {
    const corpus = await load({ "a.txt": SENTENCES });
    const setup = { corpus, config: small(), random: createRandom(1) };
    expect(() => createGuesser("x", { before: 20 }, setup)).toThrow(
      new UserError(
        "context: expected a text longer than the context of 20 tokens, received 15 tokens (text too short or context too long?)",
      ),
    );
    expect(countBaselines(corpus).nextWord.unigram).toBeGreaterThan(0); // counts at least, however short
  });
});

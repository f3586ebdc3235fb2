import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { decode, joinTexts, loadCorpus, perSplit, SPLITS, tokenize } from "../src/text/index.ts";

/** A folder with one text of ten paragraphs: eight train, one validates, one is the test. */
function folderOf(paragraphs: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "corpus-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "tale.txt"), paragraphs.join("\n\n"));
  return folder;
}

const PARAGRAPHS = [...Array<string>(8).fill("the cat sat"), "the dog sat", "a cat sat"];
const words = (texts: readonly string[]) => texts.map(tokenize);

describe("loadCorpus", () => {
  test("hand-worked: the vocabulary is of the training split; what it does not know is <unk>, and coverage says so", async () => {
    const corpus = await loadCorpus({ dataFolder: folderOf(PARAGRAPHS), read: words, minCount: 1 });
    expect(corpus.vocabulary.tokens).toEqual(["<unk>", "cat", "sat", "the"]);
    expect(corpus.train.map((ids) => [...ids])).toEqual([Array<number[]>(8).fill([3, 1, 2]).flat()]);
    expect(decode(corpus.vocabulary, corpus.validation[0]!)).toEqual(["the", "<unk>", "sat"]);
    expect([...corpus.test[0]!]).toEqual([0, 1, 2]);
    expect(corpus.coverage).toEqual({ train: 1, validation: expect.closeTo(2 / 3), test: expect.closeTo(2 / 3) });
    expect(corpus.provenance.source).toContain("folder");
  });
  test("`read` decides what a text and a token are; texts without tokens are left out", async () => {
    const read = (texts: readonly string[]) => [[], ...texts.map((text) => [...text.slice(0, 3)]), []];
    const corpus = await loadCorpus({ dataFolder: folderOf(PARAGRAPHS), read, minCount: 1 });
    expect(SPLITS.map((name) => corpus[name].map(({ length }) => length))).toEqual([[3], [3], [3]]);
    expect(corpus.vocabulary.tokens).toEqual(["<unk>", "e", "h", "t"]);
  });
  test("a threshold that leaves nothing is a user's mistake", async () => {
    const load = loadCorpus({ dataFolder: folderOf(PARAGRAPHS), read: words, minCount: 9 });
    await expect(load).rejects.toThrow(UserError);
    await expect(load).rejects.toThrow("expected tokens that occur 9 times or more, received none");
  });
  test("so is a split that has no tokens", async () => {
    const load = loadCorpus({ dataFolder: folderOf(PARAGRAPHS.with(8, "* * * * *")), read: words, minCount: 1 });
    await expect(load).rejects.toThrow(
      new UserError("validation text: expected words or marks, received none (only spaces and signs such as * there?)"),
    );
  });
});

test("the same for each split", () =>
  expect(perSplit((name) => name.length)).toEqual({ train: 5, validation: 10, test: 4 }));

test("texts one after another; none are an empty one", () => {
  expect(joinTexts([Int32Array.of(1, 2), new Int32Array(0), Int32Array.of(3)])).toEqual(Int32Array.of(1, 2, 3));
  expect(joinTexts([])).toEqual(new Int32Array(0));
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { decode, joinTexts } from "@course/data";
import { beforeEach, describe, expect, test } from "vitest";
import { config, planOf } from "../src/config.ts";
import { loadCorpus } from "../src/data.ts";

const all = { level: "word", minCount: 5, limit: 0 } as const;
const tokensIn = (texts: readonly Int32Array[]) => joinTexts(texts).length;

describe("the seven novels", () => {
  test("words: as many as the split's description says", async () => {
    const { train, validation, test: emma, vocabulary, coverage } = await loadCorpus(all, { offline: true });
    expect([train, validation, emma].map(tokensIn)).toEqual([806_791, 97_000, 191_064]);
    expect(vocabulary.tokens).toHaveLength(7423);
    expect(coverage.test).toBeCloseTo(0.954, 3);
    expect(emma).toHaveLength(55); // chapters
    expect(decode(vocabulary, emma[0]!.subarray(0, 5)).join(" ")).toBe("<unk> <unk> , handsome ,"); // her name is in no other book
  });
  test("characters: as many as the split's description says", async () => {
    const {
      train,
      validation,
      test: emma,
      vocabulary,
    } = await loadCorpus({ ...all, level: "character" }, { offline: true });
    expect([train, validation, emma].map(tokensIn)).toEqual([3_842_569, 462_768, 878_555]);
    expect(vocabulary.tokens).toHaveLength(55);
  });
  test("--limit keeps the beginning", async () => {
    const { train, vocabulary } = await loadCorpus({ level: "character", minCount: 5, limit: 30 }, { offline: true });
    expect(train).toHaveLength(1);
    expect(train[0]).toHaveLength(30);
    expect(vocabulary.total).toBe(30);
  });
});

describe("a user's own texts", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "texts-"));
    return () => rmSync(folder, { recursive: true });
  });
  const paragraphs = Array.from({ length: 30 }, (_, i) => `Line ${i} of the tale: the cat sat.`).join("\r\n\r\n");
  const load = (settings = {}) => loadCorpus({ ...all, minCount: 1, ...settings }, { dataFolder: folder });

  test("UTF-8 with a mark, UTF-16 and Latin-1, with other line ends, are one text each", async () => {
    for (const bytes of [
      Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(paragraphs)]),
      Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(paragraphs, "utf16le")]),
      Buffer.from(paragraphs.replaceAll("\r\n", "\r"), "latin1"),
    ]) {
      writeFileSync(join(folder, "tale.txt"), bytes);
      const { train, vocabulary } = await load();
      expect(tokensIn(train)).toBe(24 * 10);
      expect(vocabulary.ids.has("cat")).toBe(true);
    }
  });
  test.each([
    ["", {}, "expected text, received an empty file"],
    ["cat", {}, "expected enough paragraphs or lines for train, validation and test, received 1"],
    [paragraphs, { minCount: 99 }, "expected tokens that occur 99 times or more, received none"],
  ])("%j is a user's mistake", async (text, settings, message) => {
    writeFileSync(join(folder, "tale.txt"), text);
    await expect(load(settings)).rejects.toThrow(message);
    await expect(load(settings)).rejects.toThrow(UserError);
  });
  test("an empty folder, and a picture", async () => {
    await expect(load()).rejects.toThrow("expected .txt files, received none");
    writeFileSync(join(folder, "cat.txt"), Buffer.of(0x89, 0x50, 0, 1, 2, 3));
    await expect(load()).rejects.toThrow(UserError);
  });
});

describe("plan", () => {
  test("words share one table, characters do not; a given setting wins", () => {
    const settings = config.parse({});
    expect(planOf(settings)).toMatchObject({ units: 256, embedding: 256, epochs: 2 });
    expect(planOf({ ...settings, units: 10, dropout: 0 })).toMatchObject({ units: 10, embedding: 10, dropout: 0 });
    expect(planOf({ ...settings, level: "character", length: "long" })).toMatchObject({
      units: 512,
      embedding: 64,
      draws: 0,
    });
  });
});

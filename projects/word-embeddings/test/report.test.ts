import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@course/core";
import { buildVocabulary } from "@course/data";
import { readSafetensors } from "@course/train";
import { describe, expect, test } from "vitest";
import { writeEmbeddings } from "../report/artefact.ts";
import { neighbourFigure, neighbourTable, shownWords } from "../report/figures.ts";
import { readGensim } from "../report/gensim.ts";
import { pcaMap, umapMap } from "../report/map.ts";
import { sameClass } from "../report/same-class.ts";
import { readWordClasses } from "../report/word-classes.ts";
import { config } from "../src/config.ts";
import { folderOf } from "./cases.ts";

const vocabulary = buildVocabulary(["be", "be", "be", "have", "have", ",", ",", "man"]);
// <unk>, be, comma, have, man: be and have nearly of one direction, the comma between them, man opposite
const vectors = Float32Array.of(0, 0, 1, 0, 1, 0.05, 1, 0.1, -1, 0.2);

describe("neighbours", () => {
  test("hand-worked: by cosine, without the word itself, marks and <unk>", () => {
    expect(vocabulary.tokens).toEqual(["<unk>", "be", ",", "have", "man"]);
    const { be } = neighbourTable({ vocabulary, vectors, model: "x" });
    expect(be!.map(({ word }) => word)).toEqual(["have", "man"]);
    expect(be![0]!.cosine).toBeCloseTo(1 / Math.hypot(1, 0.1), 6);
  });
  test("the course's words where the text has two of them, else the commonest", () => {
    expect(shownWords(vocabulary)).toEqual(["man", "have", "be"]);
    expect(shownWords(buildVocabulary(["wort", "wort", ",", "zwei"]))).toEqual(["wort", "zwei"]);
  });
  test("the figure shows every neighbour, long words in two halves", async () => {
    const row = (word: string) => [{ word, cosine: 0.5 }];
    const svg = await neighbourFigure({ be: row("become"), have: row("acknowledged") }, "x");
    for (const text of ["become", "acknow-", "ledged"]) expect(svg).toContain(text);
  });
  test.each(["good-bye", "to-night", "fellow-creature"])("%s is cut at its own hyphen", async (word) => {
    const svg = await neighbourFigure({ yes: [{ word, cosine: 0.5 }] }, "x");
    for (const half of word.split("-")) expect(svg).toMatch(new RegExp(`>${half}-?<`));
    expect(svg).not.toMatch(/--<|>-/);
  });
});

describe("neighbours of the same class", () => {
  // 30 words in three heaps of ten: the class is the heap but for one word of the first, which is called as the second
  const tokens = ["<unk>", ...Array.from({ length: 30 }, (_, i) => `w${i}`)];
  const counts = tokens.map(() => 20);
  const heaps = Float32Array.from({ length: 31 * 3 }, (_, i) =>
    Number(Math.floor(i / 3) > 0 && Math.floor((Math.floor(i / 3) - 1) / 10) === i % 3),
  );
  const random = createRandom(1);
  const spread = heaps.map((value) => value + 0.01 * random.normal());
  const classes = new Map(tokens.slice(1).map((word, i) => [word, `c${Math.floor(i / 10)}`]));

  test("hand-worked: nine of ten neighbours are of the heap, the tenth from another one", () =>
    expect(sameClass(spread, { tokens, counts }, classes)).toMatchObject({
      estimate: expect.closeTo(0.9, 9),
      words: 30,
      chance: 9 / 29,
    }));
  test("a word that sits among others scores less; words without a class or with few occurrences are not asked", () => {
    const other = new Map(classes).set("w0", "c1");
    expect(sameClass(spread, { tokens, counts }, other)!.estimate).toBeLessThan(0.9);
    expect(sameClass(spread, { tokens, counts: counts.with(5, 19) }, classes)!.words).toBe(29);
    expect(sameClass(spread, { tokens, counts }, new Map())).toBeUndefined();
  });
});

describe("word classes", () => {
  const classes = readWordClasses();
  test("are those that a reader expects", () => {
    expect(
      Object.fromEntries(
        ["write", "became", "houses", "house", "quickly", "happy", "going"].map((word) => [word, classes.get(word)]),
      ),
    ).toEqual({
      write: "verb",
      became: "verb, past",
      houses: "plural noun",
      house: "noun",
      quickly: "adverb",
      happy: "adjective",
      going: "verb with ing",
    });
    expect(classes.size).toBeGreaterThan(10_000);
  });
  test("a word of two classes, a function word and a mark have none", () => {
    for (const word of ["answer", "the", "have", ","]) expect(classes.has(word)).toBe(false);
  });
});

describe("gensim's score", () => {
  test("is the mean of its runs, for the settings that they had, which are the default's", () => {
    const { runs } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "study", "gensim.json"), "utf8"));
    const [first, second, third] = runs.map(({ estimate }: { estimate: number }) => estimate);
    const score = readGensim(config.parse({}))!;
    expect(score.estimate).toBeCloseTo((first + second + third) / 3, 12);
    expect(score.low).toBeLessThan(score.estimate);
    expect(score.high).toBeGreaterThan(score.estimate);
  });
  test.each([{ dimension: 64 }, { window: 2 }, { epochs: 5 }, { minCount: 1 }, { sample: 1e-4 }])(
    "is not told for other settings: %j",
    (changed) => expect(readGensim(config.parse(changed))).toBeUndefined(),
  );
});

describe("map", () => {
  const random = createRandom(1);
  const rows = Array.from({ length: 40 }, (_, i) =>
    Array.from({ length: 5 }, (_, j) => Number(i % 2 === j) * 5 + random.normal(0, 0.1)),
  );
  test("PCA: the axis between two heaps comes first", () => {
    const signs = pcaMap(rows).map(([x], i) => Math.sign(x) * (i % 2 === 0 ? 1 : -1));
    expect(new Set(signs).size).toBe(1);
  });
  test("UMAP: two heaps stay two, the same points with the same seed", () => {
    const points = umapMap(rows, createRandom(2));
    expect(umapMap(rows, createRandom(2))).toEqual(points);
    const distance = (a: number, b: number) => Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1]);
    const others = [...rows.keys()].slice(1);
    const nearest = others.reduce((best, i) => (distance(0, i) < distance(0, best) ? i : best));
    expect(nearest % 2).toBe(0);
    const within = Math.max(...others.filter((i) => i % 2 === 0).map((i) => distance(0, i)));
    const between = Math.min(...others.filter((i) => i % 2 === 1).map((i) => distance(0, i)));
    expect(between).toBeGreaterThan(within);
  });
});

describe("the vectors' files", () => {
  test("other projects and the projector read what was written", () => {
    const folder = folderOf({});
    writeEmbeddings(folder, { vectors, vocabulary, model: "skipGram" });
    const { tensors, metadata } = readSafetensors(join(folder, "embeddings.safetensors"));
    expect(tensors.embeddings).toEqual({ shape: [5, 2], data: vectors });
    expect(metadata).toEqual({
      tokens: JSON.stringify(vocabulary.tokens),
      vocabulary: vocabulary.hash,
      model: "skipGram",
    });
    const lines = (name: string) =>
      readFileSync(join(folder, "projector", name), "utf8")
        .trimEnd()
        .split("\n");
    expect(lines("metadata.tsv")).toEqual(vocabulary.tokens); // one column: no header
    expect(lines("embedd.tsv").map((line) => line.split("\t").map(Number))).toHaveLength(5);
    expect(lines("embedd.tsv")[4]!.split("\t").map(Number)).toEqual([-1, 0.2].map((value) => expect.closeTo(value, 6)));
  });
});

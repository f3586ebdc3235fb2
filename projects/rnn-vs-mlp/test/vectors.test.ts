import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, UserError } from "@course/core";
import { writeJson, writeSafetensors } from "@course/train";
import { beforeEach, describe, expect, test } from "vitest";
import { readVectors } from "../vectors/read-vectors.ts";
import { readRunVectors } from "../vectors/run-vectors.ts";
import { assertCovers, countVectors, rowsOf, standardise } from "../vectors/vectors.ts";

let runs: string;
beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(runs, { recursive: true });
});

const search = (...runsFolders: string[]) => ({ runsFolders, textHash: "novels" });

interface Saved {
  readonly words?: string[];
  readonly rows?: number;
  readonly file?: string;
  readonly text?: string;
  readonly limit?: number;
}

function saveRun(name: string, saved: Saved = {}) {
  const { words = ["<unk>", "cat", "mat"], file = "embeddings.safetensors", text = "novels", limit = 0 } = saved;
  const { rows = words.length } = saved;
  const folder = join(runs, "word-embeddings", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(runs, "word-embeddings", "latest"), `${name}\n`);
  const embeddings = { shape: [rows, 2], data: Float32Array.from({ length: rows * 2 }, (_, i) => i) };
  writeSafetensors(join(folder, file), { embeddings }, { tokens: JSON.stringify(words), model: "skip-gram" });
  writeJson(join(folder, "config.json"), { config: { limit } });
  const dataset = { name: "", source: "", sha256: text, isSubset: false, train: 1, validation: 1, test: 1 };
  const numbers = { seed: 1, parameters: 1, epochs: 1, steps: 1, seconds: 1, examplesPerSecond: 1 };
  const texts = { project: "word-embeddings", run: name, status: "finished", preset: "default", backend: "" };
  writeJson(join(folder, "summary.json"), { ...texts, ...numbers, dataset, metrics: {}, baselines: {}, diagnosis: [] });
}

describe("vectors of word-embeddings", () => {
  test("the latest run's, or that of a name; row 0 is nothing, the rest of mean square 1", () => {
    saveRun("first");
    saveRun("second", { words: ["<unk>", "dog"] });
    expect(readVectors("", search(runs))!.words).toEqual(["<unk>", "dog"]);
    const { values, dimension, words, source } = readVectors("first", search(runs))!;
    expect(words).toEqual(["<unk>", "cat", "mat"]);
    expect(dimension).toBe(2);
    expect(source).toBe("skip-gram of first");
    const file = join(runs, "word-embeddings", "first", "embeddings.safetensors");
    expect(readVectors(file, search("elsewhere"))!.words).toEqual(words);
    // 2 3 4 5 times √(4 / 54)
    expect([...values]).toEqual([0, 0, 2, 3, 4, 5].map((value) => expect.closeTo(value * Math.sqrt(4 / 54), 5)));
  });
  test("a run on another text or a part of it is passed over, and no run is asked for counted vectors", () => {
    saveRun("1");
    saveRun("2", { words: ["<unk>", "dog"], text: "letters" });
    saveRun("3", { words: ["<unk>", "dog"], limit: 6000 });
    saveRun("4", { words: ["<unk>", "dog"] });
    writeFileSync(join(runs, "word-embeddings", "4", "config.json"), "{"); // damaged: it does not hide the others
    expect(readVectors("", search(runs))!.words).toEqual(["<unk>", "cat", "mat"]);
    expect(readVectors("counted", search(runs))).toBeUndefined();
  });
  test("of several folders the first that has a run, or the run of that name", () => {
    const other = join(runs, "other");
    saveRun("first");
    mkdirSync(other);
    expect(readVectors("", search(other, runs))!.words).toEqual(["<unk>", "cat", "mat"]);
    cpSync(join(runs, "word-embeddings", "first"), join(other, "word-embeddings", "own"), { recursive: true });
    expect(readVectors("", search(other, runs))!.source).toBe("skip-gram of own");
    expect(readVectors("first", search(other, runs))!.source).toBe("skip-gram of first");
    expect(() => readVectors("nine", search(other, runs))).toThrow(UserError);
  });
  test("a run that goes on has the vectors that it began with, or none as then", () => {
    const [begun, counted] = ["begun", "counted"].map((name) => mkdtempSync(join(runs, name)));
    expect(readRunVectors(counted!, "", search(runs))).toBeUndefined();
    saveRun("first");
    const vectors = readRunVectors(begun!, "", search(runs));
    expect(vectors!.source).toBe("skip-gram of first");
    saveRun("second", { words: ["<unk>", "dog"] });
    expect(readRunVectors(begun!, "", search(runs))).toEqual(vectors);
    expect(readRunVectors(counted!, "", search(runs))).toBeUndefined();
    expect(readRunVectors(begun!, "second", search(runs))!.words).toEqual(["<unk>", "dog"]);
  });
  test("no run, or one that was stopped early: none", () => {
    expect(readVectors("", search(runs))).toBeUndefined();
    saveRun("early", { file: "other.safetensors" });
    expect(readVectors("", search(runs))).toBeUndefined();
  });
  test("a name without a run, a run without vectors and vectors that do not fit are a user's mistake", () => {
    expect(() => readVectors("nine", search(runs))).toThrow(UserError);
    saveRun("early", { file: "other.safetensors" });
    expect(() => readVectors("early", search(runs))).toThrow("embeddings.safetensors: cannot be read");
    saveRun("odd", { rows: 5 });
    expect(() => readVectors("", search(runs))).toThrow("expected embeddings [words=3, dimension], received [5,2]");
    const odd = join(runs, "word-embeddings", "odd", "embeddings.safetensors");
    const foreign = { embeddings: { shape: [1, 2], data: new Float32Array(2) } };
    for (const metadata of [{ tokens: "{cat}" }, { tokens: "3" }, {}]) {
      writeSafetensors(odd, foreign, metadata);
      expect(() => readVectors("odd", search(runs))).toThrow(UserError);
    }
    writeFileSync(odd, "not a file of this format");
    expect(() => readVectors("odd", search(runs))).toThrow(UserError);
  });
  test("vectors of another vocabulary are a user's mistake, named by what they cover", () => {
    const vectors = {
      values: new Float32Array(6),
      dimension: 2,
      words: ["<unk>", "chat", "mat"],
      source: "skip-gram, x",
    };
    const tokens = ["the", "cat", "sat", "mat"];
    expect(() => assertCovers(vectors, tokens)).toThrow(UserError);
    expect(() => assertCovers(vectors, tokens)).toThrow("3 words that cover 25.0 of 100 tokens");
    assertCovers(vectors, ["mat", "chat", "mat", "chat", "cat"]);
    const row = rowsOf(vectors);
    expect([row("mat"), row("dog")]).toEqual([2, 0]);
  });
});

describe("counted vectors", () => {
  test("words that stand between the same words get like vectors, and the same ones for a seed", () => {
    const random = createRandom(4);
    // animals stand between "the" and "eats", colours between "a" and "hat"
    const sentence = () =>
      random.uniform() < 0.5
        ? ["the", random.choice(["cat", "dog"]), "eats", "."]
        : ["a", random.choice(["red", "blue"]), "hat", "."];
    const tokens = Array.from({ length: 300 }, sentence).flat();
    const { values, dimension, words } = countVectors(tokens, 4, createRandom(1));
    const cosine = (a: string, b: string) => {
      const [x, y] = [a, b].map((word) =>
        values.subarray(words.indexOf(word) * dimension, (words.indexOf(word) + 1) * dimension),
      );
      const dot = (p: Float32Array, q: Float32Array) => p.reduce((sum, value, i) => sum + value * q[i]!, 0);
      return dot(x!, y!) / Math.sqrt(dot(x!, x!) * dot(y!, y!));
    };
    expect(cosine("cat", "dog")).toBeGreaterThan(0.9);
    expect(cosine("cat", "dog")).toBeGreaterThan(cosine("cat", "red") + 0.3);
    expect(countVectors(tokens, 4, createRandom(1)).values).toEqual(values);
  });
  test("a text of few words has as many dimensions as it can", () =>
    expect(countVectors(Array(30).fill(["a", "b"]).flat(), 128, createRandom(1)).dimension).toBe(3));
  test("scaled together: a mean square of 1, but for row 0; zeros stay", () => {
    const [unknown, a, b] = standardise(Float32Array.of(9, 3, -1), 1);
    expect([unknown, (a! ** 2 + b! ** 2) / 2]).toEqual([0, expect.closeTo(1, 6)]);
    expect([...standardise(new Float32Array(4), 2)]).toEqual([0, 0, 0, 0]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, UserError } from "@course/core";
import { buildVocabulary, characters, encode, saveVocabulary, tokenize } from "@course/data";
import { saveable, tf, useBackend } from "@course/tf";
import { writeJson, writeSafetensors } from "@course/train";
import { afterEach, describe, expect, test } from "vitest";
import { continueText } from "../generate/continue-text.ts";
import { flagHelp, readFlags } from "../generate/flags.ts";
import { formatText } from "../generate/format-text.ts";
import { readPrompt } from "../generate/prompt.ts";
import { noRepetition } from "../generate/repetition.ts";
import { LENGTH, methodsOf } from "../generate/report.ts";
import { promptsFor, readTokens } from "../generate/report-prompts.ts";
import { drawSamples, wrapText } from "../generate/samples-figure.ts";
import { loadNetwork } from "../generate/saved-network.ts";
import { drawTree } from "../generate/tree-figure.ts";
import { writeText } from "../generate/write-text.ts";
import { beamSearch, type Hypothesis } from "../src/beam.ts";
import { config } from "../src/config.ts";
import { TOKENIZERS } from "../src/data.ts";
import { createNetwork } from "../src/model.ts";
import { createReader } from "../src/reader.ts";
import { greedy } from "../src/sample.ts";
import { LoopReader, randomTable, TableReader } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

const TOKENS = 'the cat sat on ( a ) mat , and " yes ! " said -- . ?'.split(" ");
const vocabulary = buildVocabulary(TOKENS);
const idsOf = (text: string) => text.split(" ").map((token) => vocabulary.ids.get(token)!);

describe("prompt and text", () => {
  test("words and marks are printed as in a book", () =>
    expect(formatText(idsOf('" yes ! " said the cat -- and sat ( on a mat ) , " yes . "'), vocabulary, "word")).toBe(
      '"yes!" said the cat--and sat (on a mat), "yes."',
    ));
  test.each([
    ['sat . " " yes , " said the cat .', 'sat." "yes," said the cat.'], // a speech ends whose start is not there
    ['" yes ! " " yes ? " sat the cat', '"yes!" "yes?" sat the cat'],
    ['" yes -- " " yes . "', '"yes--" "yes."'],
    ['the cat said , " yes . " the cat sat', 'the cat said, "yes." the cat sat'],
    ['the " cat " sat', 'the "cat" sat'],
    ['" yes , " " yes', '"yes," "yes'],
  ])("quotation marks: %s", (tokens, text) => expect(formatText(idsOf(tokens), vocabulary, "word")).toBe(text));
  test("a typesetter's characters are read as the keyboard's", () => {
    const plain = buildVocabulary([...'it\'s "so"']);
    expect(readPrompt("It’s “so”", plain, "character")).toEqual(readPrompt('it\'s "so"', plain, "character"));
    expect(readPrompt("It’s “so”", plain, "character")).not.toContain(0);
  });
  test("unknown words are read as <unk> and told of; none known is a user's mistake; empty is none", () => {
    const notices: string[] = [];
    expect(readPrompt("The cat zooms", vocabulary, "word", (notice) => notices.push(notice))).toEqual([
      ...idsOf("the cat"),
      0,
    ]);
    expect(notices).toEqual(['--prompt: not in the vocabulary and read as <unk>: "zooms"']);
    expect(() => readPrompt("zooms blip", vocabulary, "word")).toThrow(UserError);
    expect(() => readPrompt("zooms blip", vocabulary, "word")).toThrow(
      'received "zooms", "blip": it knows none of them',
    );
    expect(readPrompt(" ", vocabulary, "word")).toEqual([]);
    expect(() => readPrompt("£ * &", vocabulary, "word")).toThrow(
      new UserError('--prompt: expected words, received "£ * &", which has none'),
    );
  });
  test("--help has every flag with its default", () => {
    const lines = flagHelp().split("\n");
    for (const name of Object.keys(readFlags(["--run", "x", "--out", "y", "--block", "1", "--length", "1"])))
      expect(lines.filter((line) => line.startsWith(`  --${name} `))).toEqual([
        expect.not.stringContaining("undefined"),
      ]);
    expect(lines).toContain("  --width          beam: texts kept at each step (default 8)");
  });
  test.each([
    [["--temperature", "0"], '--temperature: expected number to be >0, received "0"'],
    [["--topK", ""], '--topK: expected a value, received ""'],
    [["--block", "-1"], "argument is ambiguous (a value with a dash first: --flag=-1)"],
    [["--width", "x"], '--width: expected number, received "x"'],
    [["--count", "2.5"], '--count: expected int, received "2.5"'],
    [["--length", "1e9"], '--length: expected number to be <=10000, received "1e9"'],
    [["--method", "best"], 'received "best"'],
    [["--topP", "2"], "--topP: "],
    [["--lenght", "3"], "--lenght"],
    [["word"], "Unexpected argument"],
  ])("%j is a user's mistake", (args, message) => {
    expect(() => readFlags(args)).toThrow(message);
    expect(() => readFlags(args)).toThrow(UserError);
  });
});

describe("a saved network", () => {
  function saveRun() {
    const folder = mkdtempSync(join(tmpdir(), "run-"));
    const settings = config.parse({ units: 5, dropout: 0.4 });
    const network = createNetwork(
      { model: "lstm", units: 5, embedding: 5, dropout: 0.4, vocabularySize: vocabulary.tokens.length },
      createRandom(8),
    );
    const { arrays } = saveable(network.variables).state();
    mkdirSync(join(folder, "model"));
    const tensors = Object.entries(arrays).map(([name, data], i) => [
      name,
      { shape: network.variables[i]!.shape, data },
    ]);
    writeSafetensors(join(folder, "model", "model.safetensors"), Object.fromEntries(tensors));
    writeJson(join(folder, "config.json"), { seed: 1, config: settings });
    writeJson(join(folder, "vocabulary.json"), saveVocabulary(vocabulary));
    return { folder, network };
  }
  test("predicts what it predicted before, and writes by each method", () => {
    const { folder, network } = saveRun();
    const saved = loadNetwork(folder);
    const predict = (one: typeof network) => [...createReader(one).start(idsOf("the cat")).logProbabilities];
    expect(predict(saved.network)).toEqual(predict(network));
    for (const method of ["sample", "greedy", "beam"] as const) {
      const settings = { ...readFlags(["--count", "2", "--length", "6", "--topK", "9"]), method };
      const written = writeText(saved, idsOf("the cat"), settings);
      expect(written).toHaveLength(method === "greedy" ? 1 : 2);
      for (const { text } of written) expect(text).toHaveLength(6);
      expect(writeText(saved, idsOf("the cat"), settings)).toEqual(written);
    }
    rmSync(folder, { recursive: true });
  });
  test("a run without a network, and one of another vocabulary", () => {
    const { folder } = saveRun();
    writeJson(join(folder, "vocabulary.json"), saveVocabulary(buildVocabulary(["other", "words"])));
    expect(() => loadNetwork(folder)).toThrow(UserError);
    writeFileSync(join(folder, "vocabulary.json"), JSON.stringify({ ...saveVocabulary(vocabulary), hash: "1" }));
    expect(() => loadNetwork(folder)).toThrow("vocabulary: expected the hash 1");
    writeFileSync(join(folder, "vocabulary.json"), "{}");
    expect(() => loadNetwork(folder)).toThrow("vocabulary: expected tokens and their counts");
    rmSync(join(folder, "model"), { recursive: true });
    expect(() => loadNetwork(folder)).toThrow("expected the network of a finished run");
    rmSync(folder, { recursive: true });
  });
});

/** How often the commonest sequence of four stands there. */
function mostOfFour(tokens: readonly (string | number)[]): number {
  const grams = tokens.slice(3).map((_, i) => tokens.slice(i, i + 4).join(" "));
  return Math.max(...[...Map.groupBy(grams, (gram) => gram).values()].map(({ length }) => length));
}

describe("the report", () => {
  test.each(["word", "character"] as const)("begins its texts with what the network knows: by %ss", (level) => {
    const corpusOf = (text: string) => {
      const vocabulary = buildVocabulary(TOKENIZERS[level](text));
      return { vocabulary, test: [Int32Array.from(readTokens(text, vocabulary, level))] };
    };
    const novels = corpusOf("It was the whale, and she had been there.");
    expect(promptsFor(novels, level)).toEqual(["it was", "the whale", "she had been"]);
    const other = corpusOf("Die Katze liegt auf dem Sofa und zuckt.");
    const prompts = promptsFor(other, level);
    expect(prompts).toHaveLength(3);
    expect(prompts[0]).toBe(level === "word" ? "die katze liegt" : "die katze li");
    for (const prompt of prompts) expect(readTokens(prompt, other.vocabulary, level)).not.toContain(0);
  });
  const words = buildVocabulary("it was so , and so it was . the sea".split(" "));
  const letters = buildVocabulary(characters("it was so, and so it was. the sea\n"));
  const inWords = (ids: readonly number[]) => tokenize(formatText(ids, letters, "character"));
  test.each([
    ["word", words, TOKENIZERS.word, (ids: readonly number[]) => ids],
    ["character", letters, TOKENIZERS.character, inWords],
  ] as const)(
    "no sample of %ss has four words in a row twice, by any method, of a model that would love to",
    (level, vocabulary, read, tokensOf) => {
      const [loop, prompt] = ["so it was so, and ", "it was"].map((text) => [...encode(vocabulary, read(text))]);
      const most = (ids: readonly number[]) => mostOfFour(tokensOf([...prompt!, ...ids]));
      const reader = new LoopReader(vocabulary.tokens.length, loop!);
      for (const generate of Object.values(methodsOf(level, vocabulary))) {
        const text = generate(reader, prompt!, createRandom(1));
        expect(text).toHaveLength(LENGTH[level]);
        expect(most(text)).toBe(1);
      }
      const free = { length: LENGTH[level], choose: greedy, ...noRepetition(0, { level, vocabulary }) };
      expect(most(continueText(reader, prompt!, free))).toBeGreaterThan(5);
    },
  );
  test.each([
    [4, "it was so. it was so", "."], // not " " and not a letter: "sofa" may follow
    [4, "it was so. it was s", ""],
    [3, "it was. it w", ""],
    [3, "it was, the sea. it was ", ","],
    [3, "so the sea. so the ", "s"],
    [3, "so the sea. so the", ""], // "these" may follow
    [3, "so the sea. so\nthe ", "s"],
    [1, "so it. ", "si."],
    [0, "so so so so so so ", ""],
  ])("so that no %i words stand twice, after %j must not come %j", (n, text, expected) => {
    const { ban } = noRepetition(n, { level: "character", vocabulary: letters });
    const banned = ban?.([...encode(letters, characters(text))]) ?? [];
    expect(banned.map((id) => letters.tokens[id]).join("")).toBe(expected);
  });
  test("the tree has every word that was kept: the best path in colour, and in grey what was dropped", () => {
    const kept: Hypothesis[] = [];
    const options = { width: 3, lengthPenalty: 1, blockNGram: 0, length: 4 };
    const found = beamSearch(new TableReader(randomTable(6, createRandom(2))), [1], {
      ...options,
      onStep: (some) => kept.push(...some),
    });
    const svg = drawTree({ found, kept }, { title: "a <tree>", root: "it was", label: (token) => `w${token}` });
    expect(svg).toContain("a &lt;tree&gt;");
    expect(kept.length).toBeGreaterThanOrEqual(4 * 3);
    expect(svg.match(/>w\d</g)).toHaveLength(kept.length);
    expect(svg.match(/<path[^>]*stroke-width="2"/g)).toHaveLength(4);
    const isAlive = ({ tokens }: Hypothesis) =>
      found.some((one) => tokens.every((token, i) => one.tokens[i] === token));
    const dead = kept.filter((one) => !isAlive(one)).length;
    expect(dead).toBeGreaterThan(0);
    expect(svg.match(/<path[^>]*stroke="#8b949e"/g)).toHaveLength(dead);
  });
  test("samples are wrapped at spaces, words that are too long are cut", () => {
    expect(wrapText("one two  three\nfour", 9)).toEqual(["one two", "three", "four"]);
    expect(wrapText("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
    expect(wrapText("", 3)).toEqual([]);
    expect(drawSamples("t", [{ name: "greedy", prompt: "it", text: 'was "&" so' }])).toContain(
      "was &quot;&amp;&quot; so",
    );
  });
});

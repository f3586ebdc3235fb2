import { createRandom, type Random } from "@course/core";
import { type Corpus, joinTexts, tokenize, type Vocabulary } from "@course/data";
import { distinctN, repetitionRate } from "@course/metrics";
import { barChart } from "@course/plots";
import type { Run } from "@course/train";
import { beamSearch, type Hypothesis } from "../src/beam.ts";
import type { Config } from "../src/config.ts";
import type { Network } from "../src/model.ts";
import { createReader, type Reader } from "../src/reader.ts";
import { drawWith, greedy, keepNucleus, keepTop } from "../src/sample.ts";
import { continueText } from "./continue-text.ts";
import { formatText } from "./format-text.ts";
import { noRepetition } from "./repetition.ts";
import { PROMPTS, promptsFor, readTokens } from "./report-prompts.ts";
import { drawSamples, type Sample } from "./samples-figure.ts";
import { drawTree } from "./tree-figure.ts";

/** Tokens of a text: about sixty words. */
export const LENGTH = { word: 60, character: 240 } as const;
/** So many words or marks in a row are not written twice. */
export const BLOCKED = 4;

type Method = (reader: Reader, prompt: readonly number[], random: Random) => readonly number[];

/** Each way to choose the next token, with the values that its literature recommends. */
export function methodsOf(level: Config["level"], vocabulary: Vocabulary): Readonly<Record<string, Method>> {
  const ending = { length: LENGTH[level], ...noRepetition(BLOCKED, { level, vocabulary }) };
  const sample =
    (filter: (logP: Float32Array) => Float32Array, temperature = 1): Method =>
    (reader, prompt, random) => {
      const draw = drawWith(random, temperature);
      return continueText(reader, prompt, { ...ending, choose: (logP) => draw(filter(logP)) });
    };
  return {
    greedy: (reader, prompt) => continueText(reader, prompt, { ...ending, choose: greedy }),
    "beam 8": (reader, prompt) => beamSearch(reader, prompt, { ...ending, width: 8, lengthPenalty: 0.7 })[0].tokens,
    "temperature 0.8": sample((logP) => logP, 0.8),
    "top 40": sample((logP) => keepTop(logP, 40)),
    "nucleus 0.9": sample((logP) => keepNucleus(logP, 0.9)),
  };
}

interface Shown {
  readonly network: Network;
  readonly corpus: Corpus;
  readonly level: Config["level"];
}

/** Samples, what they took, how much they repeat themselves beside the novels, and the beam as a tree. */
export async function drawFigures(run: Run, shown: Shown): Promise<void> {
  const { network, corpus, level } = shown;
  const reader = createReader(network);
  const prompts = promptsFor(corpus, level);
  const { samples, seconds } = await writeSamples(run, reader, { ...shown, prompts });
  const [first, second, third = ""] = prompts;
  const some = samples.filter(({ prompt }) => prompt === first || prompt === second);
  run.figure("samples", drawSamples(`What it writes, ${level} by ${level}`, some));
  run.figure("seconds", await drawSeconds(seconds));
  await drawDiversity(run, { samples, novel: novelTexts(corpus, level) });
  const blocking = noRepetition(BLOCKED, { level, vocabulary: corpus.vocabulary });
  const prompt = readTokens(third, corpus.vocabulary, level);
  const kept: Hypothesis[] = [];
  const onStep = (some: readonly Hypothesis[]) => kept.push(...some);
  const found = beamSearch(reader, prompt, { width: 6, lengthPenalty: 0.7, length: 9, onStep, ...blocking });
  reader.dispose();
  const label = (token: number) => corpus.vocabulary.tokens[token].replace(" ", "␣");
  run.figure(
    "beam",
    drawTree(
      { found, kept },
      {
        title: "What a beam of 6 keeps at each step; dead ends are grey, the best is in colour",
        root: third,
        label,
      },
    ),
  );
}

/** A text for each method and prompt, and the seconds that each method took. */
async function writeSamples(
  run: Run,
  reader: Reader,
  { corpus, level, prompts }: Shown & { readonly prompts: readonly string[] },
) {
  const samples: Sample[] = [];
  const seconds: Record<string, number> = {};
  const random = createRandom(run.seed).stream("samples");
  for (const [name, generate] of Object.entries(methodsOf(level, corpus.vocabulary)))
    for (const prompt of prompts) {
      await run.pause();
      const started = performance.now();
      const ids = generate(reader, readTokens(prompt, corpus.vocabulary, level), random);
      seconds[name] = (seconds[name] ?? 0) + (performance.now() - started) / 1000;
      samples.push({ name, prompt, text: formatText(ids, corpus.vocabulary, level) });
    }
  return { samples, seconds };
}

/** A beam of 8 shares each step of the network among its rows: it should cost far less than greedy search eight times. */
function drawSeconds(seconds: Readonly<Record<string, number>>): Promise<string> {
  const bars = Object.entries(seconds).map(([name, value]) => ({ name, value: value / PROMPTS }));
  const eightTimes = { name: "8 × greedy", value: (8 * seconds.greedy) / PROMPTS };
  return barChart({ title: "Time that a text takes", yLabel: "seconds", bars: [...bars, eightTimes] });
}

/** As many passages of the test text as there are samples, of the samples' length. */
function novelTexts({ test, vocabulary }: Corpus, level: Config["level"]): string[][] {
  const ids = joinTexts(test).filter((id) => id !== 0); // <unk> is no word
  const length = LENGTH[level];
  return Array.from({ length: PROMPTS }, (_, i) => {
    const start = Math.floor((i * Math.max(0, ids.length - length)) / PROMPTS);
    return tokenize(formatText(ids.subarray(start, start + length), vocabulary, level));
  });
}

async function drawDiversity(
  run: Run,
  { samples, novel }: { samples: readonly Sample[]; novel: string[][] },
): Promise<void> {
  const texts = Object.entries(Object.groupBy(samples, ({ name }) => name)).map(
    ([name, list]) => [name, list!.map(({ text }) => tokenize(text))] as const,
  );
  const all = [...texts, ["the novel", novel] as const].filter(([, list]) => list.every((one) => one.length >= 2));
  const chart = (title: string, yLabel: string, measure: (list: string[][]) => number) =>
    barChart({ title, yLabel, bars: all.map(([name, list]) => ({ name, value: measure(list) })) });
  if (all.length === 0) return;
  run.figure(
    "repetition",
    await chart("Pairs of words that a text has had before", "share of pairs", (list) => repetitionRate(list, 2)),
  );
  run.figure(
    "distinct",
    await chart("Different pairs of words", "distinct pairs / pairs", (list) => distinctN(list, 2)),
  );
}

import { join } from "node:path";
import { SPLITS } from "@course/data";
import { perplexity } from "@course/metrics";
import { type Outcome, type Run, writeJson } from "@course/train";
import type { Guesser } from "../learners/guesser.ts";
import type { Learner } from "../learners/learner.ts";
import type { Config } from "../src/config.ts";
import type { Corpus } from "../src/corpus.ts";
import { writeEmbeddings } from "./artefact.ts";
import { type CountBaselines, countVectors } from "./baselines.ts";
import * as figures from "./figures.ts";
import { type SameClass, sameClass } from "./same-class.ts";
import { readWordClasses } from "./word-classes.ts";

interface Trained {
  readonly corpus: Corpus;
  readonly config: Config;
  readonly guessers: Readonly<Record<string, Guesser>>;
  readonly learners: Readonly<Record<string, Learner>>;
  readonly baselines: CountBaselines;
}

const TITLES: Readonly<Record<string, string>> = { nextWord: "next-word network", cbow: "CBOW", skipGram: "skip-gram" };

/** Reads the test split, once; writes the vectors, the vocabulary's report and the figures. */
export async function writeReport(run: Run, trained: Trained): Promise<Outcome> {
  const { corpus, learners, guessers, baselines } = trained;
  const { vocabulary } = corpus;
  const metrics: Record<string, number> = {};
  for (const [name, guesser] of Object.entries(guessers)) {
    const { accuracy, loss } = guesser.test();
    metrics[`test/${name}`] = accuracy;
    metrics[`test/${name === "nextWord" ? "perplexity" : `${name}Perplexity`}`] = perplexity(loss);
  }
  if (guessers.nextWord) run.figure("next-word", await figures.nextWordFigure(baselines, metrics["test/nextWord"]!));
  run.figure("vocabulary", await figures.vocabularyFigure(vocabulary));

  const [name, learner] = Object.entries(learners).at(-1)!; // skip-gram if there is one
  const words: figures.Words = { vocabulary, vectors: learner.vectors(), model: TITLES[name]! };
  writeEmbeddings(run.folder, { ...words, model: name });
  const neighbours = figures.neighbourTable(words);
  writeJson(join(run.folder, "neighbours.json"), neighbours);
  run.figure("neighbours", await figures.neighbourFigure(neighbours, words.model));
  run.figure("cosine", await figures.cosineFigure(words));

  const classes = readWordClasses();
  const scores = scoreVectors(trained, classes);
  for (const [score, { estimate }] of Object.entries(scores)) metrics[`neighbours/${score}`] = estimate;
  if (Object.keys(scores).length > 0) run.figure("same-class", await figures.sameClassFigure(titled(scores)));
  for (const [map, svg] of Object.entries(await figures.mapFigures(words, classes, run.random.stream("map"))))
    run.figure(map, svg);
  writeJson(join(run.folder, "vocabulary.json"), { ...vocabularyReport(corpus), sameClass: scores });
  metrics["counts/perplexity"] = baselines.perplexity;
  metrics["counts/cbow"] = baselines.between;
  return { metrics, baselines: guessers.nextWord ? baselines.nextWord : {} };
}

/** Of each model, and of counting in the same window. */
function scoreVectors({ corpus, config, learners }: Trained, classes: ReadonlyMap<string, string>) {
  const vectors = Object.entries(learners).map(([name, learner]) => [name, learner.vectors()] as const);
  const scores: Record<string, SameClass> = {};
  for (const [name, one] of [...vectors, ["counts", countVectors(corpus, config)] as const]) {
    const score = sameClass(one, corpus.vocabulary, classes);
    if (score) scores[name] = score;
  }
  return scores;
}

function titled(scores: Readonly<Record<string, SameClass>>): Record<string, SameClass> {
  return Object.fromEntries(Object.entries(scores).map(([name, score]) => [TITLES[name] ?? "PPMI + SVD", score]));
}

/** Totals, distinct words and coverage, as the course asks for them. */
function vocabularyReport({ vocabulary, coverage, ids }: Corpus) {
  const { total, distinct, minCount, tokens, hash } = vocabulary;
  const perSplit = SPLITS.map((split) => [split, { tokens: ids[split].length, coverage: coverage[split] }]);
  return { total, distinct, minCount, size: tokens.length, hash, splits: Object.fromEntries(perSplit) };
}

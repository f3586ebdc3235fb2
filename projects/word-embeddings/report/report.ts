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
import { readGensim } from "./gensim.ts";
import { type SameClass, sameClass } from "./same-class.ts";
import { readWordClasses } from "./word-classes.ts";

interface Trained {
  readonly corpus: Corpus;
  readonly config: Config;
  readonly guessers: Readonly<Record<string, Guesser>>;
  readonly learners: Readonly<Record<string, Learner>>;
  readonly baselines: CountBaselines;
}

const TITLES: Readonly<Record<string, string>> = {
  ...{ nextWord: "next-word network", cbow: "CBOW", skipGram: "skip-gram" },
  ...{ counts: "PPMI + SVD", gensim: "gensim's skip-gram" },
};

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
  writeEmbeddings(run.folder, { vocabulary, vectors: learner.vectors(), model: name });
  const classes = readWordClasses();
  const scores = scoreVectors(trained, classes);
  for (const [score, { estimate }] of Object.entries(scores)) metrics[`neighbours/${score}`] = estimate;
  if (Object.keys(scores).length > 0) run.figure("same-class", await figures.sameClassFigure(titled(scores)));

  const words = bestWords(trained, scores);
  const neighbours = figures.neighbourTable(words);
  writeJson(join(run.folder, "neighbours.json"), neighbours);
  if (figures.shownWords(vocabulary).length > 1) {
    run.figure("neighbours", await figures.neighbourFigure(neighbours, words.model));
    run.figure("cosine", await figures.cosineFigure(words));
  }
  for (const [map, svg] of Object.entries(await figures.mapFigures(words, classes, run.random.stream("map"))))
    run.figure(map, svg);
  writeJson(join(run.folder, "vocabulary.json"), { ...vocabularyReport(corpus), sameClass: scores });
  metrics["counts/perplexity"] = baselines.perplexity;
  metrics["counts/cbow"] = baselines.between;
  return { metrics, baselines: guessers.nextWord ? baselines.nextWord : {} };
}

/** The vectors whose neighbours are most often of the word's own class; where that is not known, the last model's. */
function bestWords({ corpus, learners }: Trained, scores: Readonly<Record<string, SameClass>>): figures.Words {
  const estimate = (name: string) => scores[name]?.estimate ?? 0;
  const [name, learner] = Object.entries(learners).reduce((a, b) => (estimate(a[0]) > estimate(b[0]) ? a : b));
  return { vocabulary: corpus.vocabulary, vectors: learner.vectors(), model: TITLES[name]! };
}

/** Of each model; of counting in the same window, and of gensim with the same settings, where there are enough words. */
function scoreVectors({ corpus, config, learners }: Trained, classes: ReadonlyMap<string, string>) {
  const scores: Record<string, SameClass> = {};
  for (const [name, learner] of Object.entries(learners)) {
    const score = sameClass(learner.vectors(), corpus.vocabulary, classes);
    if (!score) return {};
    scores[name] = score;
  }
  scores.counts = sameClass(countVectors(corpus, config), corpus.vocabulary, classes)!;
  const gensim = readGensim(config);
  if (scores.skipGram && gensim?.words === scores.counts.words) scores.gensim = { ...scores.counts, ...gensim };
  return scores;
}

function titled(scores: Readonly<Record<string, SameClass>>): Record<string, SameClass> {
  return Object.fromEntries(Object.entries(scores).map(([name, score]) => [TITLES[name]!, score]));
}

/** Totals, distinct words and coverage, as the course asks for them. */
function vocabularyReport({ vocabulary, coverage, ids }: Corpus) {
  const { total, distinct, minCount, tokens, hash } = vocabulary;
  const perSplit = SPLITS.map((split) => [split, { tokens: ids[split].length, coverage: coverage[split] }]);
  return { total, distinct, minCount, size: tokens.length, hash, splits: Object.fromEntries(perSplit) };
}

import type { Random } from "@course/core";
import { isWord, type Vocabulary } from "@course/data";
import { cosineMatrix, nearestNeighbours } from "@course/metrics";
import { barChart, heatMap, lineChart, scatterPlot } from "@course/plots";
import type { CountBaselines } from "./baselines.ts";
import { type Points, pcaMap, umapMap } from "./map.ts";
import type { SameClass } from "./same-class.ts";

const COURSE_WORDS = ["me", "white", "man", "have", "be", "child", "yes", "what"];

/** The course's words that the vocabulary has; of a text without two of them its commonest words. */
export function shownWords({ tokens, ids }: Vocabulary): string[] {
  const known = COURSE_WORDS.filter((word) => ids.has(word));
  return known.length > 1 ? known : tokens.filter(isWord).slice(0, COURSE_WORDS.length);
}

export interface Words {
  readonly vocabulary: Vocabulary;
  /** [vocabulary, dimension] flattened. */
  readonly vectors: Float32Array;
  /** Which model they are of, for the titles. */
  readonly model: string;
}

/** Word → its ten nearest words and their cosines, the nearest first. */
export type NeighbourTable = Readonly<Record<string, readonly { readonly word: string; readonly cosine: number }[]>>;

/** @returns of the words shown; `<unk>` and marks are no neighbours. */
export function neighbourTable({ vocabulary, vectors }: Words): NeighbourTable {
  const { tokens, ids } = vocabulary;
  const dimension = vectors.length / tokens.length;
  const marks = [...tokens.keys()].filter((id) => !isWord(tokens[id]!));
  return Object.fromEntries(
    shownWords(vocabulary).map((word) => {
      const id = ids.get(word)!;
      const query = vectors.subarray(id * dimension, (id + 1) * dimension);
      const { indices, similarities } = nearestNeighbours(query, vectors, { k: 10, exclude: [id, ...marks] });
      return [word, Array.from(indices, (row, i) => ({ word: tokens[row]!, cosine: similarities[i]! }))];
    }),
  );
}

export async function neighbourFigure(table: NeighbourTable, model: string): Promise<string> {
  const rows = Object.keys(table);
  const most = Math.max(...rows.map((row) => table[row]!.length));
  const columns = Array.from({ length: most }, (_, i) => String(i + 1));
  const cell = (row: string, column: number) => table[row]![column];
  return heatMap({
    title: "Nearest words by cosine",
    subtitle: `${model}; the darker, the nearer`,
    ...{ rows, columns, xLabel: "rank" },
    values: rows.map((row) => columns.map((_, i) => cell(row, i)?.cosine ?? Number.NaN)),
    texts: rows.map((row) => columns.map((_, i) => inTwoLines(cell(row, i)?.word ?? ""))),
  });
}

/**
 * A word of a cell's width, or its halves, cut at its own hyphen where neither part is longer than they are: a
 * word that does not fit would take the texts of all cells away.
 */
function inTwoLines(word: string): string[] {
  if (word.length <= 6) return [word, ""];
  const middle = Math.ceil(word.length / 2);
  const afterHyphen = word.indexOf("-") + 1;
  if (afterHyphen > 0 && Math.max(afterHyphen, word.length - afterHyphen) <= middle + 1)
    return [word.slice(0, afterHyphen), word.slice(afterHyphen)];
  return [`${word.slice(0, middle)}-`, word.slice(middle)];
}

export async function cosineFigure({ vocabulary, vectors, model }: Words): Promise<string> {
  const words = shownWords(vocabulary);
  const dimension = vectors.length / vocabulary.tokens.length;
  const rows = rowsOf(words, { vocabulary, vectors }).flat();
  const cosines = cosineMatrix(rows, rows, { dimension });
  const values = words.map((_, i) => cosines.subarray(i * words.length, (i + 1) * words.length));
  return heatMap({ title: "Cosine of words", subtitle: model, rows: words, columns: words, values, domain: [-1, 1] });
}

/** How often the words occur, the commonest first, and which of them the vocabulary has. */
export async function vocabularyFigure({ counts, total, distinct, minCount }: Vocabulary): Promise<string> {
  const seen = counts.slice(1);
  const x = seen.map((_, rank) => rank + 1);
  return lineChart({
    title: "How often words occur",
    subtitle: `${total.toLocaleString("en")} tokens, ${distinct.toLocaleString("en")} different, ${seen.length.toLocaleString("en")} with ${minCount} or more`,
    ...{ xLabel: "rank", yLabel: "occurrences", logX: true, logY: true },
    series: [{ name: "vocabulary", x, y: [...seen] }],
  });
}

export async function nextWordFigure(baselines: CountBaselines, network: number): Promise<string> {
  const bars = Object.entries({ ...baselines.nextWord, network }).map(([name, value]) => ({ name, value }));
  return barChart({ title: "Next words that are right, on the test text", yLabel: "share", bars });
}

export async function sameClassFigure(scores: Readonly<Record<string, SameClass>>): Promise<string> {
  const bars = Object.entries(scores).map(([name, { estimate: value, low, high }]) => ({ name, value, low, high }));
  const [{ words, chance }] = Object.values(scores) as [SameClass];
  return barChart({
    title: "Ten nearest words of the word's own class",
    subtitle: `mean over ${words.toLocaleString("en")} words with 95 % interval; at random ${chance.toFixed(2)}`,
    ...{ yLabel: "share", bars },
  });
}

const PER_CLASS = 18; // more would cover each other

/** The commonest words of each class as points: one figure for PCA, one for UMAP. */
export async function mapFigures(
  words: Words,
  classes: ReadonlyMap<string, string>,
  random: Random,
): Promise<Record<string, string>> {
  const left = new Map<string, number>();
  const shown = words.vocabulary.tokens.filter((word) => {
    const group = classes.get(word);
    const count = left.get(group ?? "") ?? 0;
    if (group === undefined || count === PER_CLASS) return false;
    left.set(group, count + 1);
    return true;
  });
  if (shown.length < 20) return {};
  const rows = rowsOf(shown, words);
  const draw = (title: string, points: Points) =>
    scatterPlot({
      ...{ title, subtitle: words.model, xLabel: "", yLabel: "", width: 720, height: 560 },
      points: points.map(([x, y], i) => ({ x, y, label: shown[i], group: classes.get(shown[i]!) })),
    });
  return {
    "map-umap": await draw("Words as points: UMAP", umapMap(rows, random)),
    "map-pca": await draw("Words as points: two principal components", pcaMap(rows)),
  };
}

function rowsOf(words: readonly string[], { vocabulary, vectors }: Omit<Words, "model">): number[][] {
  const dimension = vectors.length / vocabulary.tokens.length;
  return words.map((word) => {
    const start = vocabulary.ids.get(word)! * dimension;
    return [...vectors.subarray(start, start + dimension)];
  });
}

import { type Scores, scoresByClass, scoresOf, type ZeroDivision } from "./class-scores.ts";
import { type BinaryCounts, type ConfusionMatrix, countsByClass } from "./confusion-matrix.ts";

/**
 * `macro`: every class counts the same. `weighted`: every class counts by its number of actual examples.
 * `micro`: the counts of all classes are added first (precision, recall and F1 are then the accuracy).
 */
export type Average = "macro" | "micro" | "weighted";

export interface AverageOptions {
  /** `macro` by default. */
  readonly average?: Average;
  /** The value of a ratio whose denominator is 0; 0 by default. */
  readonly zeroDivision?: ZeroDivision;
}

/**
 * Precision, recall, F1 and specificity over all classes, each in [0, 1]. A class that is neither
 * predicted nor actual takes no part, as in scikit-learn without `labels`: a small split that lacks a
 * class is not punished for it.
 *
 * @throws RangeError for a confusion matrix without a single example.
 */
export function averageScores(confusion: ConfusionMatrix, options: AverageOptions = {}): Scores {
  const { average = "macro", zeroDivision = 0 } = options;
  const counts = countsByClass(confusion);
  const present = counts.map((c) => c.truePositives + c.falsePositives + c.falseNegatives > 0);
  if (!present.includes(true))
    throw new RangeError("averageScores: expected at least one example, received an empty confusion matrix");
  if (average === "micro") return scoresOf(counts.filter((_, c) => present[c]).reduce(add), zeroDivision);
  const scores = scoresByClass(confusion, { zeroDivision }).filter((_, c) => present[c]);
  const weights = scores.map(({ support }) => (average === "weighted" ? support : 1));
  const totalWeight = weights.reduce((sum, weight) => sum + weight);
  const mean = (name: keyof Scores) => scores.reduce((sum, s, i) => sum + weights[i] * s[name], 0) / totalWeight;
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1"), specificity: mean("specificity") };
}

/** `averageScores(…).precision` */
export function precision(confusion: ConfusionMatrix, options?: AverageOptions): number {
  return averageScores(confusion, options).precision;
}

/** `averageScores(…).recall` */
export function recall(confusion: ConfusionMatrix, options?: AverageOptions): number {
  return averageScores(confusion, options).recall;
}

/** `averageScores(…).f1` */
export function f1(confusion: ConfusionMatrix, options?: AverageOptions): number {
  return averageScores(confusion, options).f1;
}

/** `averageScores(…).specificity` */
export function specificity(confusion: ConfusionMatrix, options?: AverageOptions): number {
  return averageScores(confusion, options).specificity;
}

function add(a: BinaryCounts, b: BinaryCounts): BinaryCounts {
  return {
    truePositives: a.truePositives + b.truePositives,
    falsePositives: a.falsePositives + b.falsePositives,
    falseNegatives: a.falseNegatives + b.falseNegatives,
    trueNegatives: a.trueNegatives + b.trueNegatives,
  };
}

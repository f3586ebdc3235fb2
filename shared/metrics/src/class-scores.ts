import { type BinaryCounts, type ConfusionMatrix, countsByClass } from "./confusion-matrix.ts";

/** What a ratio with denominator 0 becomes, as scikit-learn's `zero_division`. */
export type ZeroDivision = 0 | 1;

/** Each in [0, 1]. */
export interface Scores {
  /** TP / (TP + FP): of what was predicted as the class, the share that is of the class. */
  readonly precision: number;
  /** TP / (TP + FN), also sensitivity: of what is of the class, the share that was found. */
  readonly recall: number;
  /** 2·TP / (2·TP + FP + FN), the harmonic mean of precision and recall. */
  readonly f1: number;
  /** TN / (TN + FP): of what is not of the class, the share that was left alone. */
  readonly specificity: number;
}

/** The scores of one class, and the number of examples that are of it. */
export interface ClassScores extends Scores {
  readonly support: number;
}

/**
 * Precision, recall, F1 and specificity of each class against the rest (van Rijsbergen, 1979, ch. 7).
 *
 * @param zeroDivision the value of a ratio whose denominator is 0, such as the precision of a class
 *   that was never predicted; 0 by default, as in scikit-learn.
 * @returns [classes]
 */
export function scoresByClass(
  confusion: ConfusionMatrix,
  { zeroDivision = 0 }: { zeroDivision?: ZeroDivision } = {},
): ClassScores[] {
  return countsByClass(confusion).map((counts) => ({
    ...scoresOf(counts, zeroDivision),
    support: counts.truePositives + counts.falseNegatives,
  }));
}

/** The four ratios of one table of counts. */
export function scoresOf(counts: BinaryCounts, zeroDivision: ZeroDivision): Scores {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = counts;
  const ratio = (part: number, whole: number) => (whole === 0 ? zeroDivision : part / whole);
  return {
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    specificity: ratio(tn, tn + fp),
  };
}

import { assertClassIds, assertFinite, assertPaired } from "./input-checks.ts";

/** What "positive where score ≥ threshold" finds, for each distinct score as threshold, from the highest down. */
export interface ThresholdCounts {
  readonly thresholds: Float64Array;
  readonly truePositives: Uint32Array;
  readonly falsePositives: Uint32Array;
  /** Examples of class 1 and of class 0 in all. */
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Counts in O(n log n): both classes are sorted apart, without boxing, and merged.
 *
 * @param where the caller, for messages.
 * @param scores [count], higher for class 1: probabilities, logits or any other order.
 * @param actual [count] of 0 and 1.
 * @throws ShapeError if the lengths differ; RangeError for no examples, a score that is not finite, or a
 *   label other than 0 and 1.
 */
export function thresholdCounts(where: string, scores: ArrayLike<number>, actual: ArrayLike<number>): ThresholdCounts {
  assertPaired(where, scores, actual);
  assertFinite(`${where} scores`, scores);
  assertClassIds(`${where} actual`, actual, 2);
  const ofPositives = fallingScores(scores, actual, 1);
  const ofNegatives = fallingScores(scores, actual, 0);
  const [positives, negatives] = [ofPositives.length, ofNegatives.length];
  const thresholds = new Float64Array(scores.length);
  const truePositives = new Uint32Array(scores.length);
  const falsePositives = new Uint32Array(scores.length);
  let [count, tp, fp] = [0, 0, 0];
  while (tp < positives || fp < negatives) {
    const threshold = Math.max(
      ofPositives[tp] ?? Number.NEGATIVE_INFINITY,
      ofNegatives[fp] ?? Number.NEGATIVE_INFINITY,
    );
    while (ofPositives[tp] === threshold) tp++;
    while (ofNegatives[fp] === threshold) fp++;
    thresholds[count] = threshold;
    truePositives[count] = tp;
    falsePositives[count] = fp;
    count++;
  }
  return {
    thresholds: thresholds.slice(0, count),
    truePositives: truePositives.slice(0, count),
    falsePositives: falsePositives.slice(0, count),
    positives,
    negatives,
  };
}

function fallingScores(scores: ArrayLike<number>, actual: ArrayLike<number>, label: number): Float64Array {
  const kept = new Float64Array(scores.length);
  let count = 0;
  for (let i = 0; i < scores.length; i++) if (actual[i] === label) kept[count++] = scores[i];
  return kept.subarray(0, count).sort().reverse();
}

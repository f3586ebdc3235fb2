import type { Sgemm } from "@course/kernels";

/** Skip-gram with negative sampling (Mikolov et al., 2013b, section 2.2): two vectors for each word. */
export interface SkipGram {
  readonly dimension: number;
  /** [vocabulary, dimension] flattened: the words' vectors, what is kept in the end. */
  readonly vectors: Float32Array;
  /** The same for words as context: what their neighbours' vectors are multiplied with. */
  readonly outputs: Float32Array;
}

/** The chance that an occurrence of a word with this share of the text stays in it, as in word2vec; at most 1. */
export function keepChance(share: number, threshold: number): number {
  // #solution 5.1 √(threshold / share) + threshold / share, at most 1
  const ratio = threshold / share;
  return Math.min(1, Math.sqrt(ratio) + ratio);
  // #end
}

/** Ids, each as often as its count to the power of ¾ asks for: a random entry is a negative. <unk> (id 0) is none. */
export function negativeTable(counts: readonly number[], size: number): Int32Array {
  const table = new Int32Array(size);
  // #solution 5.2 fill it from left to right: id i ends where the sum of the powers up to i ends
  const powers = counts.map((count, id) => (id === 0 ? 0 : count ** 0.75));
  const total = powers.reduce((sum, power) => sum + power, 0);
  let [start, sum] = [0, 0];
  for (const [id, power] of powers.entries()) {
    sum += power;
    const end = Math.round((size * sum) / total);
    table.fill(id, start, end);
    start = end;
  }
  // #end
  return table;
}

/**
 * Some words, their contexts, and negatives that they share (Ji et al., 2016): all products of their vectors are one
 * product of matrices.
 */
export interface Group {
  readonly dimension: number;
  readonly words: Float32Array; // V [GROUP, dimension]
  /** U [others, dimension]: output vectors of the NEGATIVES, then of the contexts, word by word. */
  readonly others: Float32Array;
  /** [GROUP + 1] the contexts of word i are others starts[i] … starts[i + 1] − 1. */
  readonly starts: Int32Array;
  /** [GROUP] pairs with a negative that each word needs, for each of the NEGATIVES. */
  readonly weights: Float32Array;
  readonly scores: Float32Array; // S [GROUP, others]
  readonly wordSteps: Float32Array; // [GROUP, dimension]
  readonly otherSteps: Float32Array; // [others, dimension]
  readonly product: (product: Sgemm) => void;
}
export const GROUP = 32;
export const NEGATIVES = 32;

type Scores = Pick<Group, "scores" | "starts" | "weights">;

/**
 * Turns each score s = v·u into the step that it asks for, −rate · dL/ds. With p = σ(s), the chance that a pair is from
 * the text: L = −log p for a word and its own context, −weight · log(1 − p) for a word and a negative; a word and
 * another word's context are no pair, and their step is 0.
 *
 * @returns the sum of L
 */
export function stepsOfScores({ scores, starts, weights }: Scores, rate: number): number {
  const others = scores.length / GROUP;
  let loss = 0;
  for (let word = 0; word < GROUP; word++) {
    const row = scores.subarray(word * others, (word + 1) * others);
    // #solution 5.3 the NEGATIVES first, then this word's contexts; 0 for all others
    const weight = weights[word];
    let none = 1; // the chance that no negative is from the text: one logarithm for all of them
    for (let i = 0; i < NEGATIVES; i++) {
      const p = 1 / (1 + Math.exp(-row[i]));
      none *= Math.max(1 - p, 1e-9);
      row[i] = -rate * weight * p;
    }
    loss -= weight * Math.log(none);
    const [start, end] = [starts[word], starts[word + 1]];
    row.fill(0, NEGATIVES, start);
    for (let i = start; i < end; i++) {
      const p = 1 / (1 + Math.exp(-row[i]));
      loss -= Math.log(Math.max(p, 1e-9));
      row[i] = rate * (1 - p);
    }
    row.fill(0, end);
    // #end
  }
  return loss;
}

/**
 * The steps of a group's vectors. With S = V·Uᵀ turned into G by `stepsOfScores`, they are G·U, written to `wordSteps`,
 * and Gᵀ·V, written to `otherSteps`.
 *
 * @returns the sum of L before the steps
 */
export function learnGroup(group: Group, rate: number): number {
  const { dimension, words, others, scores, wordSteps, otherSteps, product } = group;
  const count = others.length / dimension;
  // #solution 5.4 product() for S; stepsOfScores; product() twice for the steps
  product({ m: GROUP, n: count, k: dimension, a: words, b: others, c: scores, transposeB: true });
  const loss = stepsOfScores(group, rate);
  product({ m: GROUP, n: dimension, k: count, a: scores, b: others, c: wordSteps });
  product({ m: count, n: dimension, k: GROUP, a: scores, b: words, c: otherSteps, transposeA: true });
  return loss;
  // #end
}

import type { Sgemm } from "@course/kernels";

/** Skip-gram with negative sampling (Mikolov et al., 2013b, section 2.2): two vectors for each word. */
export interface SkipGram {
  readonly dimension: number;
  /** [vocabulary, dimension] flattened: the words' vectors, what is kept in the end. */
  readonly vectors: Float32Array | Float64Array;
  /** The same for words as context: what their neighbours' vectors are multiplied with. */
  readonly outputs: Float32Array | Float64Array;
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

interface Pair {
  readonly word: number;
  readonly context: number;
  readonly rate: number; // learning rate
}

/**
 * One step of logistic regression for a pair from the text: p = σ(v·u) is the chance that it is from there, L = −log p,
 * dL/dv = (p − 1)·u, dL/du = (p − 1)·v. Changes u at once; adds the step of v to `change` [dimension].
 *
 * @returns L before the step
 */
export function learnPair(model: SkipGram, { word, context, rate }: Pair, change: SkipGram["vectors"]): number {
  const { vectors, outputs, dimension } = model;
  const [v, u] = [word * dimension, context * dimension]; // where the rows start
  // #solution 5.3 the product v·u, p, then one loop over the dimension for both steps
  let product = 0;
  for (let i = 0; i < dimension; i++) product += vectors[v + i] * outputs[u + i];
  const p = 1 / (1 + Math.exp(-product));
  const step = rate * (1 - p);
  for (let i = 0; i < dimension; i++) {
    const before = outputs[u + i];
    change[i] += step * before;
    outputs[u + i] = before + step * vectors[v + i];
  }
  return -Math.log(Math.max(p, 1e-30));
  // #end
}

/** Words that share their negatives (Ji et al., 2016): all their products are one product of matrices. */
export interface Group {
  readonly dimension: number;
  readonly words: Float32Array; // V [GROUP, dimension]
  readonly negatives: Float32Array; // U [NEGATIVES, dimension]
  /** [GROUP] pairs with a negative that each word still needs, for each of the NEGATIVES. */
  readonly weights: Float32Array;
  readonly scores: Float32Array; // [GROUP, NEGATIVES]
  readonly wordSteps: Float32Array; // [GROUP, dimension]
  readonly negativeSteps: Float32Array; // [NEGATIVES, dimension]
  readonly product: (product: Sgemm) => void;
}
export const GROUP = 32;
export const NEGATIVES = 64;

/**
 * The same for pairs that were drawn: L = −weight · log(1 − σ(v·u)) for every word and negative. With S = V·Uᵀ and
 * G = −rate · weight · σ(S) the steps are G·U, added to `wordSteps`, and Gᵀ·V, written to `negativeSteps`.
 *
 * @returns the sum of L
 */
export function learnNegatives(group: Group, rate: number): number {
  const { dimension, words, negatives, weights, scores, wordSteps, negativeSteps, product } = group;
  let loss = 0;
  // #solution 5.4 product() for S; a loop that turns S into G and adds up L; product() twice for the steps
  product({ m: GROUP, n: NEGATIVES, k: dimension, a: words, b: negatives, c: scores, transposeB: true });
  for (let i = 0; i < scores.length; i++) {
    const weight = weights[Math.floor(i / NEGATIVES)];
    const p = 1 / (1 + Math.exp(-scores[i]));
    loss -= weight * Math.log(Math.max(1 - p, 1e-30));
    scores[i] = -rate * weight * p;
  }
  product({ m: GROUP, n: dimension, k: NEGATIVES, a: scores, b: negatives, c: wordSteps, accumulate: true });
  product({ m: NEGATIVES, n: dimension, k: GROUP, a: scores, b: words, c: negativeSteps, transposeA: true });
  // #end
  return loss;
}

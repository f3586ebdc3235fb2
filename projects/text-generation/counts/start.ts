import type { Random } from "@course/core";
import { countedVectors, type Vocabulary } from "@course/data";
import type { Start } from "../src/model.ts";

const SIZE = 0.1; // root mean square of the vectors' entries: as small as a random start, so that the softmax is soft

/**
 * What counting the training text knows: each token's share, and for words vectors that are alike where the words around
 * are. A network that starts from them saves its first epoch.
 *
 * @param dimension of the vectors; 0: none
 */
export function countStart(
  text: Int32Array,
  { counts, tokens }: Vocabulary,
  { dimension, random }: { dimension: number; random: Random },
): Start {
  const bias = Float32Array.from(counts, (count) => Math.log(Math.max(1, count) / text.length));
  if (dimension === 0 || dimension > tokens.length) return { bias };
  const vectors = countedVectors(text, { vocabularySize: tokens.length, window: 2, dimension, random, iterations: 1 });
  const size = Math.sqrt(vectors.reduce((sum, value) => sum + value * value, 0) / vectors.length);
  return { bias, vectors: vectors.map((value) => (value * SIZE) / size) };
}

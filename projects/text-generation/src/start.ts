import type { Random } from "@course/core";
import { ppmi, truncatedSvd, type Vocabulary } from "@course/data";
import type { Start } from "./model.ts";

const SIZE = 0.1; // root mean square of the vectors' entries: as small as a random start, so that the softmax is soft

/**
 * What counting the training text knows: each token's share, and for words vectors that are alike where the words around
 * are (PPMI and SVD, Levy et al., 2015). A network that starts from them saves its first epoch.
 *
 * @param dimension of the vectors; 0: none
 */
export function countStart(
  text: Int32Array,
  vocabulary: Vocabulary,
  { dimension, random }: { dimension: number; random: Random },
): Start {
  const { counts, tokens } = vocabulary;
  const bias = Float32Array.from(counts, (count) => Math.log(Math.max(1, count) / text.length));
  if (dimension === 0 || dimension > tokens.length) return { bias };
  const { left, values } = truncatedSvd(ppmi(text, { vocabularySize: tokens.length, window: 2 }), {
    dimension,
    random,
  });
  const scaled = Float32Array.from(left, (value, i) => value * Math.sqrt(values[i % dimension]));
  const size = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0) / scaled.length);
  return { bias, vectors: scaled.map((value) => (value * SIZE) / size) };
}

import { type PpmiOptions, ppmi } from "./ppmi.ts";
import { type SvdOptions, truncatedSvd } from "./truncated-svd.ts";

/**
 * A vector for each word by counting alone: U·√Σ of the PPMI matrix, words alike where the words around them are (Levy,
 * Goldberg & Dagan, 2015, section 3.3, with p = ½).
 *
 * @param ids [tokens] of one text.
 * @returns [vocabularySize, dimension] flattened; the sign of a column is arbitrary.
 * @throws as `ppmi` and `truncatedSvd`.
 */
export function countedVectors(ids: Int32Array, options: PpmiOptions & SvdOptions): Float32Array {
  const { left, values } = truncatedSvd(ppmi(ids, options), options);
  return Float32Array.from(left, (value, i) => value * Math.sqrt(values[i % options.dimension]!));
}

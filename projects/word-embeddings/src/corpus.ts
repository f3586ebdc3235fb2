import {
  joinTexts,
  loadCorpus as load,
  type OpenOptions,
  type PerSplit,
  perSplit,
  type Corpus as Texts,
  tokenize,
  type Windows,
} from "@course/data";
import type { Config } from "./config.ts";

/** The text with its vocabulary. */
export interface Corpus extends Pick<Texts, "vocabulary" | "coverage" | "provenance"> {
  /** [tokens] ids, chapter after chapter. */
  readonly ids: PerSplit<Int32Array>;
}

/** The novels, or the user's own .txt files: tokens, and a vocabulary of the training split's words. */
export async function loadCorpus({ minCount, limit }: Config, options: OpenOptions): Promise<Corpus> {
  const read = (texts: readonly string[]) => [texts.flatMap(tokenize).slice(0, limit || undefined)];
  const { vocabulary, coverage, provenance, ...texts } = await load({ ...options, read, minCount });
  return { vocabulary, coverage, provenance, ids: perSplit((name) => joinTexts(texts[name])) };
}

/** The examples at these indices: contexts [indices, width] flattened and targets [indices]. */
export function takeWindows({ contexts, targets, width }: Windows, indices: Uint32Array): Windows {
  const taken = new Int32Array(indices.length * width);
  const wanted = new Int32Array(indices.length);
  // #solution 1.1 copy each example's row of contexts and its target, and return them
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row];
    wanted[row] = targets[index];
    for (let i = 0; i < width; i++) taken[row * width + i] = contexts[index * width + i];
  }
  return { contexts: taken, targets: wanted, width };
  // #end
}

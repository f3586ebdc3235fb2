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
  // #solution 1.1 copy each example's row of contexts (subarray, set), and return it with the example's targets
  for (const [row, index] of indices.entries())
    taken.set(contexts.subarray(index * width, (index + 1) * width), row * width);
  return { contexts: taken, targets: Int32Array.from(indices, (index) => targets[index]), width };
  // #end
}

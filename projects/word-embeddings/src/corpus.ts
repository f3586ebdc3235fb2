import {
  buildVocabulary,
  coverage,
  encode,
  loadTexts,
  type OpenOptions,
  type Provenance,
  tokenize,
  type Vocabulary,
  type Windows,
} from "@course/data";
import type { Config } from "./config.ts";

export const SPLITS = ["train", "validation", "test"] as const;
export type PerSplit<T> = Readonly<Record<(typeof SPLITS)[number], T>>;

export interface Corpus {
  readonly vocabulary: Vocabulary;
  /** [tokens] ids, chapter after chapter. */
  readonly ids: PerSplit<Int32Array>;
  /** Share of tokens that the vocabulary knows. */
  readonly coverage: PerSplit<number>;
  readonly provenance: Provenance;
}

/** The novels, or the user's own .txt files: tokens, and a vocabulary of the training split's words. */
export async function loadCorpus({ minCount, limit }: Config, options: OpenOptions): Promise<Corpus> {
  const { split, provenance } = await loadTexts(options);
  const perSplit = <T>(of: (name: keyof typeof split) => T) =>
    Object.fromEntries(SPLITS.map((name) => [name, of(name)])) as PerSplit<T>;
  const tokens = perSplit((name) => split[name].flatMap(tokenize).slice(0, limit || undefined));
  const vocabulary = buildVocabulary(tokens.train, { minCount });
  return {
    vocabulary,
    ids: perSplit((name) => encode(vocabulary, tokens[name])),
    coverage: perSplit((name) => coverage(vocabulary, tokens[name])),
    provenance,
  };
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

import { UserError } from "@course/core";
import type { Provenance } from "../loaders/loaded.ts";
import type { OpenOptions } from "../open-options.ts";
import { coverage, encode } from "./encode.ts";
import { loadTexts } from "./load-texts.ts";
import type { ReadTextOptions } from "./read-text.ts";
import { buildVocabulary, type Vocabulary } from "./vocabulary.ts";

export const SPLITS = ["train", "validation", "test"] as const;
export type PerSplit<T> = Readonly<Record<(typeof SPLITS)[number], T>>;

/** The same for each split. */
export function perSplit<T>(of: (name: keyof PerSplit<T>) => T): PerSplit<T> {
  return { train: of("train"), validation: of("validation"), test: of("test") };
}

/** Texts (chapters) of each split as token ids, and the vocabulary of the training split. */
export interface Corpus extends PerSplit<readonly Int32Array[]> {
  readonly vocabulary: Vocabulary;
  /** Share of each split's tokens that are not `<unk>`, in [0, 1]. */
  readonly coverage: PerSplit<number>;
  readonly provenance: Provenance;
}

export interface CorpusOptions extends OpenOptions, ReadTextOptions {
  /** A split's texts → the tokens of each, such as `(texts) => texts.map(tokenize)`. */
  readonly read: (texts: readonly string[]) => readonly (readonly string[])[];
  /** Occurrences in the training split that a token needs for an id of its own. */
  readonly minCount: number;
}

/**
 * The seven novels, or the user's .txt files, as token ids. A text without tokens is left out.
 *
 * @throws UserError as `loadTexts` and `buildVocabulary`, or for a split without tokens.
 */
export async function loadCorpus({ read, minCount, ...options }: CorpusOptions): Promise<Corpus> {
  const { split, provenance } = await loadTexts(options);
  const tokens = perSplit((name) => read(split[name]));
  const vocabulary = buildVocabulary(tokens.train.flat(), { minCount });
  const empty = SPLITS.find((name) => tokens[name].every(({ length }) => length === 0));
  if (empty)
    throw new UserError(
      `${empty} text: expected words or marks, received none (only spaces and signs such as * there?)`,
    );
  const ids = perSplit((name) =>
    tokens[name].map((text) => encode(vocabulary, text)).filter(({ length }) => length > 0),
  );
  return { ...ids, vocabulary, coverage: perSplit((name) => coverage(vocabulary, tokens[name].flat())), provenance };
}

/** Texts one after another. */
export function joinTexts(texts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(texts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const text of texts) {
    joined.set(text, at);
    at += text.length;
  }
  return joined;
}

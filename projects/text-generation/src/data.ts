import {
  buildVocabulary,
  characters,
  coverage,
  encode,
  type LoadedTexts,
  loadTexts,
  type OpenOptions,
  tokenize,
  type Vocabulary,
} from "@course/data";
import type { Config } from "./config.ts";

/** Texts (chapters) as token ids; a recurrent network forgets between two of them. */
export interface Corpus {
  readonly vocabulary: Vocabulary;
  readonly train: readonly Int32Array[];
  readonly validation: readonly Int32Array[];
  readonly test: readonly Int32Array[];
  /** Share of the test's tokens that are not `<unk>`. */
  readonly coverage: number;
  readonly provenance: LoadedTexts["provenance"];
}

export const TOKENIZERS = { word: tokenize, character: characters };

/** The seven novels, or the user's .txt files. @throws UserError for an empty or too short text. */
export async function loadCorpus(settings: Pick<Config, "level" | "minCount" | "limit">, options: OpenOptions) {
  const { split, provenance } = await loadTexts(options);
  return toCorpus(settings, { split, provenance });
}

export function toCorpus(
  { level, minCount, limit }: Pick<Config, "level" | "minCount" | "limit">,
  { split, provenance }: LoadedTexts,
): Corpus {
  const read = (texts: readonly string[]) => firstCharacters(texts, limit).map((text) => TOKENIZERS[level](text));
  const [train, validation, test] = [read(split.train), read(split.validation), read(split.test)];
  const vocabulary = buildVocabulary(train.flat(), { minCount: level === "word" ? minCount : 1 });
  const ids = (texts: string[][]) =>
    texts.map((tokens) => encode(vocabulary, tokens)).filter(({ length }) => length > 0);
  const splits = { train: ids(train), validation: ids(validation), test: ids(test) };
  return { vocabulary, ...splits, coverage: coverage(vocabulary, test.flat()), provenance };
}

/** The first `limit` characters of texts that follow each other; all of them for 0. */
function firstCharacters(texts: readonly string[], limit: number): string[] {
  if (limit === 0) return [...texts];
  let left = limit;
  return texts.flatMap((text) => {
    const kept = text.slice(0, Math.max(0, left));
    left -= kept.length;
    return kept === "" ? [] : [kept];
  });
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

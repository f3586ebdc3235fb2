import { type Corpus, characters, loadCorpus as load, type OpenOptions, tokenize } from "@course/data";
import type { Config } from "./config.ts";

export const TOKENIZERS = { word: tokenize, character: characters };

/** The seven novels, or the user's .txt files. @throws UserError for an empty or too short text. */
export function loadCorpus(
  { level, minCount, limit }: Pick<Config, "level" | "minCount" | "limit">,
  options: OpenOptions,
): Promise<Corpus> {
  const read = (texts: readonly string[]) => firstCharacters(texts, limit).map((text) => TOKENIZERS[level](text));
  return load({ ...options, read, minCount: level === "word" ? minCount : 1 });
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

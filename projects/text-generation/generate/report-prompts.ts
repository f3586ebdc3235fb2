import { type Corpus, encode, joinTexts, type Vocabulary } from "@course/data";
import type { Config } from "../src/config.ts";
import { TOKENIZERS } from "../src/data.ts";
import { formatText } from "./format-text.ts";

const KNOWN = ["it was", "the whale", "she had been"] as const; // in the novels
export const PROMPTS = KNOWN.length;

/** What the texts begin with: `KNOWN`, or for a text that lacks one of their words three pieces of the test text. */
export function promptsFor(
  { test, vocabulary }: Pick<Corpus, "test" | "vocabulary">,
  level: Config["level"],
): string[] {
  const isKnown = (prompt: string) => readTokens(prompt, vocabulary, level).every((id) => id !== 0);
  if (KNOWN.every(isKnown)) return [...KNOWN];
  const ids = joinTexts(test).filter((id) => id !== 0);
  const length = level === "word" ? 3 : 12;
  return KNOWN.map((_, i) => {
    const start = Math.floor((i * Math.max(0, ids.length - length)) / PROMPTS);
    return formatText(ids.subarray(start, start + length), vocabulary, level);
  });
}

/** The ids of a text's tokens. */
export const readTokens = (text: string, vocabulary: Vocabulary, level: Config["level"]) => [
  ...encode(vocabulary, TOKENIZERS[level](text)),
];

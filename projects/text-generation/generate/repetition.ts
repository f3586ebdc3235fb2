import { tokenize, type Vocabulary } from "@course/data";
import type { Config } from "../src/config.ts";
import type { Ending } from "../src/sample.ts";

/** What keeps a text from having n words or marks in a row twice; n = 0 allows it. */
export function noRepetition(
  n: number,
  { level, vocabulary }: { level: Config["level"]; vocabulary: Vocabulary },
): Pick<Ending, "blockNGram" | "ban"> {
  if (level === "word" || n === 0) return { blockNGram: n };
  return { blockNGram: 0, ban: (text) => repeatedStarts(text, n, vocabulary) };
}

/**
 * The characters with which a word or mark would begin that stood after the last n − 1 words before. A later character
 * is never out of the question: that would force a spelling that no word has. So the rule is stricter than for words:
 * after "in the", "house" bars "hall", too.
 */
function repeatedStarts(text: readonly number[], n: number, { tokens: characters, ids }: Vocabulary): number[] {
  const written = text.map((id) => characters[id]).join("");
  const words = tokenize(written);
  const last = words.slice(Math.max(0, words.length - (n - 1)));
  const stoodBefore = words.filter(
    (_, end) => end >= n - 1 && last.every((word, i) => words[end - (n - 1) + i] === word),
  );
  const starts = new Set(stoodBefore.map((word) => [...word][0]!));
  return [...starts]
    .filter((start) => tokenize(written + start).length > words.length) // and does not go on with the last word
    .flatMap((start) => ids.get(start) ?? []);
}

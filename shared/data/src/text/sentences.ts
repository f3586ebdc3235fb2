import { ABBREVIATIONS } from "./abbreviations.ts";
import { paragraphs } from "./plain-text.ts";

const ENDS_IN_ABBREVIATION = new RegExp(`(?:^|[^\\p{L}])(?:${ABBREVIATIONS.join("|")}|[a-hj-z])\\.$`, "iu");
const STARTS_LOWER = /^[^\p{L}]*\p{Ll}/u;

/**
 * The sentences of a text, none across paragraphs. Unicode's rules (UAX #29, as in Node's
 * `Intl.Segmenter`) cut; what follows an abbreviation or an initial ("Mr. Elton", "J. Browne"), or
 * starts with a small letter (`"Is it?" said he.`), is joined to the part before it.
 *
 * @param text in its own case: lower-cased text cannot be cut well.
 */
export function sentences(text: string): string[] {
  const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
  return paragraphs(text).flatMap((paragraph) => {
    const joined: string[] = [];
    for (const { segment } of segmenter.segment(paragraph)) {
      const before = joined.at(-1);
      if (before !== undefined && (ENDS_IN_ABBREVIATION.test(before.trimEnd()) || STARTS_LOWER.test(segment)))
        joined[joined.length - 1] = before + segment;
      else joined.push(segment);
    }
    return joined.map((sentence) => sentence.trim());
  });
}

import { ABBREVIATIONS } from "./abbreviations.ts";
import { plainText } from "./plain-text.ts";

const LETTERS = "[\\p{L}\\p{M}]+";

/** In this order: an abbreviation with its dot, a word, a number, a dash, a mark. */
const TOKEN = new RegExp(
  [
    `(?<![\\p{L}\\p{M}\\p{N}])(?:${ABBREVIATIONS.join("|")})\\.`,
    `${LETTERS}(?:(?:'-?|-)${LETTERS})*`,
    "\\p{N}+",
    "--",
    '[.,;:!?"()]',
  ].join("|"),
  "gu",
);

/**
 * The tokens of a text, lower-cased: words and `. , ; : ! ? " ( ) --`.
 *
 * A word is letters, joined inside by an apostrophe, a hyphen or both ("o'clock", "to-morrow",
 * "sou'-wester"); a quotation mark at its edge is not part of it. "mr.", "mrs.", "dr.", "st.",
 * "rev." and "esq." keep their dot. A run of digits is a word ("8th" gives "8", "th"). All else
 * (`_ * & [ ] £`, single hyphens) separates tokens and is dropped. Empty text has no tokens.
 */
export function tokenize(text: string): string[] {
  return plainText(text).replaceAll("_", "").toLowerCase().match(TOKEN) ?? [];
}

/** Whether a token is a word or a number rather than a mark. */
export function isWord(token: string): boolean {
  return /^[\p{L}\p{N}]/u.test(token);
}

/** The characters of a text, lower-cased and plain as those of `tokenize`, each a token of a character model. */
export function characters(text: string): string[] {
  return [...plainText(text).toLowerCase()];
}

/** A typesetter's character → what a keyboard has, so that "it’s" and "it's" are one word. */
const PLAIN: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  ʼ: "'",
  "“": '"',
  "”": '"',
  "—": "--",
  "–": "--",
  "…": "...",
  "\u00a0": " ",
};
const TYPESET = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

/** Curly quotes become straight ones, dashes "--", an ellipsis three dots. */
export function plainText(text: string): string {
  return text.normalize("NFC").replace(TYPESET, (character) => PLAIN[character]!);
}

/**
 * The paragraphs of a text: parts between empty lines, each on one line with single spaces, in
 * plain characters and without `_` (which marks italics in plain-text books). None for a text
 * without any.
 */
export function paragraphs(text: string): string[] {
  return plainText(text)
    .replaceAll("_", "")
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .filter((paragraph) => paragraph !== "");
}

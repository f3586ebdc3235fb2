import { paragraphs } from "./plain-text.ts";

export interface Chapter {
  /** "CHAPTER XVIII", "CHAPTER 1. Loomings."; empty where the text has no chapters. */
  readonly heading: string;
  /** Paragraphs, one a line, in plain characters; the case is kept. */
  readonly text: string;
}

const NUMBER = "(?:\\d+|[ivxlc]+)";
const HEADING = new RegExp(`^chapter ${NUMBER}(?:(?:[.:]| --?) .{1,80})?[.:]?$`, "i");
const DIVISION = new RegExp(`^(?:volume|book|part) ${NUMBER}[.:]?$`, "i");
const END = /^(?:finis|the end)\.?$/i;

/**
 * Cuts a book at the paragraphs that are chapter headings. Headings of volumes, "The End" and what
 * comes before the first chapter (title page, preface) are left out. A text without headings is one
 * chapter; a chapter without text is none.
 */
export function splitChapters(text: string): Chapter[] {
  const all = paragraphs(text).filter((paragraph) => !DIVISION.test(paragraph) && !END.test(paragraph));
  const starts = all.flatMap((paragraph, i) => (HEADING.test(paragraph) ? [i] : []));
  if (starts.length === 0) return all.length === 0 ? [] : [{ heading: "", text: all.join("\n") }];
  return starts
    .map((start, i) => ({ heading: all[start]!, text: all.slice(start + 1, starts[i + 1]).join("\n") }))
    .filter((chapter) => chapter.text !== "");
}

import { didYouMean, UserError } from "@course/core";
import type { Book } from "./book.ts";

/** Chapter texts of each split, in the order of the books. */
export interface BookSplit {
  readonly train: readonly string[];
  readonly validation: readonly string[];
  readonly test: readonly string[];
}

export interface SplitBooksOptions {
  /** Books of which every chapter is for the test. Default: Emma. */
  readonly test?: readonly string[];
  /** Share of each other book's chapters, its last ones, that is for validation. Default 0.1. */
  readonly validation?: number;
}

/**
 * Splits by book and chapter, so that no passage is in two splits: whole books for the test, of
 * each other book the first chapters for training and the last for validation (rounded to whole
 * chapters).
 *
 * @throws UserError for a test book that is not there, or a split without a chapter.
 */
export function splitBooks(
  books: readonly Book[],
  { test = ["emma"], validation = 0.1 }: SplitBooksOptions = {},
): BookSplit {
  const names = books.map(({ name }) => name);
  for (const name of test)
    if (!names.includes(name))
      throw new UserError(`test book "${name}": not among the books${didYouMean(name, names)}`);
  const split: Record<keyof BookSplit, string[]> = { train: [], validation: [], test: [] };
  for (const { name, chapters } of books) {
    const texts = chapters.map(({ text }) => text);
    const end = Math.round(texts.length * (1 - validation));
    if (test.includes(name)) split.test.push(...texts);
    else {
      split.train.push(...texts.slice(0, end));
      split.validation.push(...texts.slice(end));
    }
  }
  for (const [name, texts] of Object.entries(split))
    if (texts.length === 0)
      throw new UserError(
        `${name} split: expected chapters, received none (one book, or no chapters? use splitText instead)`,
      );
  return split;
}

import { UserError } from "@course/core";
import { paragraphs } from "./plain-text.ts";
import type { BookSplit } from "./split-books.ts";

export interface SplitTextOptions {
  /** Shares of the text's characters, its last ones. Default 0.1 each. */
  readonly validation?: number;
  readonly test?: number;
}

/**
 * Splits one text without chapters, at paragraphs: its beginning is for training, then comes
 * validation, its end is for the test.
 *
 * @throws UserError for a text of which a split would have nothing.
 */
export function splitText(text: string, { validation = 0.1, test = 0.1 }: SplitTextOptions = {}): BookSplit {
  const all = paragraphs(text);
  const size = all.reduce((sum, paragraph) => sum + paragraph.length, 0);
  const split: Record<keyof BookSplit, string[]> = { train: [], validation: [], test: [] };
  let before = 0;
  for (const paragraph of all) {
    const middle = (before + paragraph.length / 2) / size;
    const name = middle < 1 - validation - test ? "train" : middle < 1 - test ? "validation" : "test";
    split[name].push(paragraph);
    before += paragraph.length;
  }
  const empty = Object.entries(split).find(([, parts]) => parts.length === 0);
  if (empty)
    throw new UserError(
      `text: expected enough paragraphs for train, validation and test, received ${all.length}: ` +
        `none is left for ${empty[0]} (too short, or no empty lines between paragraphs?)`,
    );
  return { train: [split.train.join("\n")], validation: [split.validation.join("\n")], test: [split.test.join("\n")] };
}

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
 * validation, its end is for the test. Where paragraphs are too few, as in a text that has one on
 * each line and no empty lines, lines are taken instead.
 *
 * @throws UserError for a text of which a split would have nothing.
 */
export function splitText(text: string, options: SplitTextOptions = {}): BookSplit {
  const byParagraphs = splitParts(paragraphs(text), options);
  const split = nameOfEmpty(byParagraphs) ? splitParts(text.split("\n").flatMap(paragraphs), options) : byParagraphs;
  const empty = nameOfEmpty(split);
  if (empty) {
    const count = Object.values(split).flat().length;
    throw new UserError(
      `text: expected enough paragraphs or lines for train, validation and test, received ${count}: ` +
        `none is left for ${empty} (too short?)`,
    );
  }
  return { train: [split.train.join("\n")], validation: [split.validation.join("\n")], test: [split.test.join("\n")] };
}

function splitParts(all: readonly string[], { validation = 0.1, test = 0.1 }: SplitTextOptions): BookSplit {
  const size = all.reduce((sum, paragraph) => sum + paragraph.length, 0);
  const split: Record<keyof BookSplit, string[]> = { train: [], validation: [], test: [] };
  let before = 0;
  for (const paragraph of all) {
    const middle = (before + paragraph.length / 2) / size;
    const name = middle < 1 - validation - test ? "train" : middle < 1 - test ? "validation" : "test";
    split[name].push(paragraph);
    before += paragraph.length;
  }
  return split;
}

function nameOfEmpty(split: BookSplit): string | undefined {
  return Object.entries(split).find(([, parts]) => parts.length === 0)?.[0];
}

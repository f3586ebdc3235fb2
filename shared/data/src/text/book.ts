import { UserError } from "@course/core";
import { type Chapter, splitChapters } from "./chapters.ts";

export interface Book {
  readonly name: string;
  readonly chapters: readonly Chapter[];
}

/** A book from its text, for example a user's .txt file. @throws UserError for an empty text. */
export function toBook({ name, text }: { readonly name: string; readonly text: string }): Book {
  const chapters = splitChapters(text);
  if (chapters.length === 0) throw new UserError(`${name}: expected text, received none`);
  return { name, chapters };
}

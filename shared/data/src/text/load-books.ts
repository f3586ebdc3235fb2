import type { Provenance } from "../loaders/loaded.ts";
import { openDataset } from "../open.ts";
import type { OpenOptions } from "../open-options.ts";
import { filesProvenance } from "../provenance.ts";
import { type Book, toBook } from "./book.ts";
import { decodeText } from "./decode.ts";

/**
 * Seven novels: Emma, Mansfield Park, Northanger Abbey, Persuasion, Pride and Prejudice, Sense and
 * Sensibility (Austen) and Moby Dick (Melville), chapter by chapter. Names are as their files:
 * "emma", "moby-dick".
 *
 * @throws UserError as `openDataset`.
 */
export async function loadBooks(
  options: OpenOptions = {},
): Promise<{ readonly books: readonly Book[]; readonly provenance: Provenance }> {
  const opened = await openDataset("books", options);
  const books = [...opened.files].map(([file, bytes]) =>
    toBook({ name: file.replace(/\.txt$/, ""), text: decodeText(file, bytes).text }),
  );
  return { books, provenance: filesProvenance(opened) };
}

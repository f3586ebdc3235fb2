import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { findEntry } from "../catalogue/index.ts";
import type { Provenance } from "../loaders/loaded.ts";
import type { OpenOptions } from "../open-options.ts";
import { loadBooks } from "./load-books.ts";
import { type ReadTextOptions, readTextFolder } from "./read-text.ts";
import { type BookSplit, splitBooks } from "./split-books.ts";
import { splitText } from "./split-text.ts";

export interface LoadedTexts {
  readonly split: BookSplit;
  readonly provenance: Provenance;
}

/**
 * The texts of a project: the seven novels, split by book and chapter (`splitBooks`), or the .txt files of the
 * user's `dataFolder`, read one after another in the order of their paths: the first 80 % of it all is for training,
 * then 10 % for validation and 10 % for the test, cut between paragraphs (`splitText`). With files of one size those
 * are whole files. A folder that holds the seven novels is taken as such.
 *
 * @throws UserError as `openDataset`, `readTextFolder` and `splitText`.
 */
export async function loadTexts(options: OpenOptions & ReadTextOptions = {}): Promise<LoadedTexts> {
  const { dataFolder } = options;
  if (dataFolder === undefined || holdsBooks(dataFolder)) {
    const { books, provenance } = await loadBooks(options);
    return { split: splitBooks(books), provenance };
  }
  const documents = await readTextFolder(dataFolder, options);
  const hash = createHash("sha256");
  for (const { name, text } of documents) hash.update(`${JSON.stringify({ name, size: text.length })}\n${text}`);
  const provenance: Provenance = {
    name: basename(resolve(dataFolder)),
    source: `folder ${dataFolder}`,
    sha256: hash.digest("hex"),
    isSubset: false,
    skipped: [],
  };
  return { split: splitText(documents.map(({ text }) => text).join("\n\n")), provenance };
}

function holdsBooks(folder: string): boolean {
  return findEntry("books").files.every(({ name }) =>
    ["", ".gz"].some((ending) => existsSync(join(folder, name + ending))),
  );
}

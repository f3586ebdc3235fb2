import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { UserError } from "@course/core";
import { type DecodedText, decodeText } from "./decode.ts";

/** One text file, as it is but for its line ends. */
export interface TextDocument extends DecodedText {
  /** Path below the folder, without ".txt"; for a single file its path. */
  readonly name: string;
}

export interface ReadTextOptions {
  /** Hears of a file that is neither UTF-8 nor UTF-16. Default: one line on stderr. */
  readonly onNotice?: (notice: string) => void;
}

/**
 * Reads every .txt file of a folder and of the folders in it, in the order of their paths; hidden
 * files are passed over.
 *
 * @throws UserError where there is no such folder, no .txt file in it, or as `readText`.
 */
export async function readTextFolder(folder: string, options: ReadTextOptions = {}): Promise<TextDocument[]> {
  const items = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new UserError(`${folder}: expected a folder of .txt files, cannot read it (${cause.code})`, { cause });
  });
  const paths = items
    .filter((item) => item.isFile() && !item.name.startsWith(".") && extname(item.name).toLowerCase() === ".txt")
    .map((item) => join(item.parentPath, item.name))
    .sort();
  if (paths.length === 0) throw new UserError(`${folder}: expected .txt files, received none`);
  const documents: TextDocument[] = [];
  for (const path of paths) {
    const document = await readText(path, options);
    documents.push({ ...document, name: relative(folder, path).slice(0, -".txt".length) });
  }
  return documents;
}

/**
 * Reads one text file: UTF-8, UTF-16 or, with a notice, Latin-1 (see `decodeText`).
 *
 * @throws UserError for a file that cannot be read, holds no text, or is binary.
 */
export async function readText(path: string, { onNotice = warn }: ReadTextOptions = {}): Promise<TextDocument> {
  const bytes = await readFile(path).catch((cause) => {
    throw new UserError(`${path}: expected a text file, cannot read it (${cause.code})`, { cause });
  });
  const decoded = decodeText(path, bytes);
  if (decoded.text.trim() === "") throw new UserError(`${path}: expected text, received an empty file`);
  if (decoded.encoding === "latin1")
    onNotice(`${path}: neither UTF-8 nor UTF-16, read as Latin-1 (accents wrong? save it as UTF-8)`);
  return { name: path, ...decoded };
}

function warn(notice: string): void {
  process.stderr.write(`note: ${notice}\n`);
}

import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { UserError } from "@course/core";
import type { DataFile, Entry } from "../catalogue/entry.ts";
import { SourceFailure } from "./failure.ts";
import { archiveName, unpackArchive } from "./url.ts";

/**
 * An entry's files from the user's own folder: each under its name, or that name and ".gz", or as
 * upstream names it, in the folder itself or in one named as the data set; or upstream's archive.
 *
 * @throws UserError where the folder does not exist or lacks a file.
 */
export async function readUserFolder(folder: string, entry: Entry): Promise<ReadonlyMap<string, Uint8Array>> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UserError(`data folder ${folder}: expected a folder, there is none`);
  const archive = await readArchive(folder, entry);
  if (archive) return archive;
  const files = new Map<string, Uint8Array>();
  for (const file of entry.files) {
    const bytes = await readFirst(candidates(folder, entry, file));
    if (bytes) files.set(file.name, bytes);
  }
  const missing = entry.files.filter(({ name }) => !files.has(name)).map(({ name }) => name);
  if (missing.length === 0) return files;
  const received = missing.length === entry.files.length ? "none of them" : `all but ${missing.join(", ")}`;
  const expected = entry.files.map(({ name }) => name).join(", ");
  throw new UserError(
    `data folder ${folder}: expected the files of ${entry.name} (${expected}; plain or .gz), received ${received}`,
  );
}

async function readArchive(folder: string, entry: Entry) {
  for (const source of entry.sources) {
    if (source.kind !== "archive") continue;
    const name = archiveName(source.url);
    const bytes = await readFirst(places(folder, entry).map((place) => join(place, name)));
    if (bytes) return unpackArchive(join(folder, name), source, bytes).catch(asUserError);
  }
  return undefined;
}

function candidates(folder: string, entry: Entry, file: DataFile): string[] {
  const upstream = entry.sources.flatMap((source) => {
    if (source.kind === "url") return basename(new URL(source.urls[file.name]!).pathname);
    if (source.kind === "archive" && "members" in source) return source.members[file.name]!;
    return [];
  });
  const names = [file.name, `${file.name}.gz`, ...upstream];
  return places(folder, entry).flatMap((place) => names.map((name) => join(place, name)));
}

function places(folder: string, entry: Entry): string[] {
  return [folder, join(folder, entry.name)];
}

async function readFirst(paths: readonly string[]): Promise<Uint8Array | undefined> {
  for (const path of paths) {
    const bytes = await readFile(path).catch((error) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw new UserError(`${path}: cannot be read (${error.code})`, { cause: error });
    });
    if (bytes) return bytes;
  }
  return undefined;
}

function asUserError(error: unknown): never {
  throw error instanceof SourceFailure ? new UserError(error.message, { cause: error }) : error;
}

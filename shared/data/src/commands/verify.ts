import { join } from "node:path";
import { cacheFolder } from "../cache/folder.ts";
import { readCached } from "../cache/read.ts";
import { findEntry } from "../catalogue/index.ts";
import { checkFiles } from "../payload/check.ts";
import { fetchAssets } from "../sources/asset.ts";

export interface VerifiedFile {
  readonly name: string;
  readonly state: "ok" | "missing" | "damaged";
  /** What is wrong with a damaged file, which has been removed. */
  readonly reason?: string;
}

/** What `course data verify` found. */
export interface VerifiedDataset {
  readonly name: string;
  /** The folder in the cache; undefined for a set that the repository holds. */
  readonly folder: string | undefined;
  readonly isOk: boolean;
  readonly files: readonly VerifiedFile[];
}

/**
 * Hashes every file of a data set, in the cache or the repository, and compares with the catalogue.
 * A damaged file in the cache is removed; the next `prepareDataset` fetches it again.
 *
 * @throws UserError for an unknown name.
 */
export async function verifyDataset(
  name: string,
  options: { readonly cacheFolder?: string } = {},
): Promise<VerifiedDataset> {
  const entry = findEntry(name);
  for (const source of entry.sources)
    if (source.kind === "asset") {
      await checkFiles(entry.files, await fetchAssets(source));
      return {
        name,
        folder: undefined,
        isOk: true,
        files: entry.files.map((file) => ({ name: file.name, state: "ok" })),
      };
    }
  const folder = join(options.cacheFolder ?? cacheFolder(), name);
  const files: VerifiedFile[] = [];
  for (const file of entry.files) {
    const cached = await readCached(folder, file);
    files.push({ name: file.name, state: cached.state, ...("reason" in cached ? { reason: cached.reason } : {}) });
  }
  return { name, folder, isOk: files.every(({ state }) => state === "ok"), files };
}

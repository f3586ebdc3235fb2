import { join } from "node:path";
import { cacheFolder } from "../cache/folder.ts";
import type { DataFile } from "../catalogue/index.ts";
import { openDataset } from "../open.ts";
import type { OpenOptions } from "../open-options.ts";

/** What `course data prepare` did. */
export interface PreparedDataset {
  readonly name: string;
  /** As `OpenedDataset.source`. */
  readonly source: string;
  readonly isSubset: boolean;
  /** Why each better source was not used. */
  readonly skipped: readonly string[];
  /** Where the files lie now; undefined for files of the repository. */
  readonly folder: string | undefined;
  readonly files: readonly DataFile[];
}

/**
 * Fetches a data set into the cache, verified, unless it is there already.
 *
 * @throws UserError as `openDataset`.
 */
export async function prepareDataset(name: string, options: OpenOptions = {}): Promise<PreparedDataset> {
  const { entry, source, isSubset, skipped } = await openDataset(name, options);
  const isInRepository = isSubset || source === "repository";
  const folder = options.dataFolder ?? join(options.cacheFolder ?? cacheFolder(), name);
  return {
    name,
    source,
    isSubset,
    skipped,
    folder: isInRepository ? undefined : folder,
    files: isSubset ? entry.subset!.files : entry.files,
  };
}

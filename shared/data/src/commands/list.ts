import { stat } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../cache/folder.ts";
import { datasets, type Entry } from "../catalogue/index.ts";
import { describeSource } from "../sources/describe.ts";

/** A row of `course data list`. */
export interface DatasetRow {
  readonly name: string;
  readonly title: string;
  readonly counts: string;
  readonly licence: string;
  /** Bytes of all files, decompressed. */
  readonly bytes: number;
  /** Sources in the order in which they are tried, after the user's folder and the cache. */
  readonly sources: readonly string[];
  /**
   * "cache": ready, its files are there in their right sizes (`verifyDataset` checks the hashes);
   * "repository": ready, needs no cache; "subset": only a subset is ready; "absent": to be fetched.
   */
  readonly state: "cache" | "repository" | "subset" | "absent";
}

/** The whole catalogue, with what is on this machine already. Reads no file, uses no network. */
export async function listDatasets(options: { readonly cacheFolder?: string } = {}): Promise<DatasetRow[]> {
  const root = options.cacheFolder ?? cacheFolder();
  return Promise.all(
    datasets.map(async (entry) => ({
      name: entry.name,
      title: entry.title,
      counts: entry.counts,
      licence: entry.licence,
      bytes: entry.files.reduce((sum, { size }) => sum + size, 0),
      sources: [...entry.sources.map(describeSource), ...(entry.subset ? ["subset in the repository"] : [])],
      state: await stateOf(entry, join(root, entry.name)),
    })),
  );
}

async function stateOf(entry: Entry, folder: string): Promise<DatasetRow["state"]> {
  if (entry.sources.some(({ kind }) => kind === "asset")) return "repository";
  const sizes = await Promise.all(
    entry.files.map(({ name }) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => -1,
      ),
    ),
  );
  if (entry.files.every(({ size }, i) => sizes[i] === size)) return "cache";
  return entry.subset ? "subset" : "absent";
}

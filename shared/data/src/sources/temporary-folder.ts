import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { removeStale } from "../cache/remove-stale.ts";
import { explainWriteError } from "../cache/write-error.ts";

const PREFIX = ".temporary-";

/**
 * Runs `body` with a new folder below `parent`, which is removed afterwards. It lies in the cache
 * folder, not in the system's temporary one: that is often small or in memory.
 *
 * @throws UserError where `parent` cannot be written.
 */
export async function inTemporaryFolder<T>(parent: string, body: (folder: string) => Promise<T>): Promise<T> {
  let folder: string;
  try {
    await mkdir(parent, { recursive: true });
    await removeStale(parent, PREFIX);
    folder = await mkdtemp(join(parent, PREFIX));
  } catch (error) {
    throw explainWriteError(parent, error);
  }
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** What nobody has touched for this long was left by a process that was killed. */
const STALE_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Removes what killed processes left in a folder: entries with this prefix, untouched for a day. */
export async function removeStale(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue;
    const path = join(folder, name);
    const modified = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY, // another process was quicker
    );
    if (Date.now() - modified > STALE_MILLISECONDS) await rm(path, { recursive: true, force: true });
  }
}

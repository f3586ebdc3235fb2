import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { removeStale } from "./remove-stale.ts";
import { explainWriteError } from "./write-error.ts";

const PART = ".part-";

/**
 * Writes a verified file so that no reader ever sees half of it: a temporary file of its own name,
 * synced, then renamed. Two processes that store the same file both succeed; the last rename wins,
 * with the same bytes.
 *
 * @throws UserError where the folder cannot be written: no permission, full disk, removed meanwhile.
 */
export async function storeFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const part = join(folder, `${PART}${name}-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeSynced(part, bytes);
    await rename(part, join(folder, name));
  } catch (error) {
    await rm(part, { force: true }).catch(() => {}); // the first error is the one to report
    throw explainWriteError(folder, error);
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes the folder and finds out, before anything is downloaded, whether it can be written; removes
 * what killed processes left there.
 *
 * @throws UserError as `storeFile`.
 */
export async function claimFolder(folder: string): Promise<void> {
  const probe = join(folder, `${PART}probe-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeSynced(probe, new Uint8Array(0));
    await rm(probe);
  } catch (error) {
    throw explainWriteError(folder, error);
  }
  await removeStale(folder, PART);
}

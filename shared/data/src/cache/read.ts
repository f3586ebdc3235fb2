import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DataFile } from "../catalogue/entry.ts";
import { findDamage } from "../payload/verify.ts";

export type CacheState =
  | { readonly state: "ok"; readonly bytes: Uint8Array }
  | { readonly state: "missing" }
  /** The damaged file has been removed. */
  | { readonly state: "damaged"; readonly reason: string };

/** Reads one file of the cache and checks its hash, every time; a damaged file is removed. */
export async function readCached(folder: string, file: DataFile): Promise<CacheState> {
  const path = join(folder, file.name);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return { state: "missing" };
    throw error;
  }
  const damage = findDamage(file, bytes);
  if (damage === undefined) return { state: "ok", bytes };
  await rm(path, { force: true });
  return { state: "damaged", reason: `${path}: ${damage}; removed` };
}

/** All of an entry's files, or undefined and what was damaged where one of them is not there. */
export async function readAllCached(
  folder: string,
  files: readonly DataFile[],
): Promise<{ readonly files: ReadonlyMap<string, Uint8Array> | undefined; readonly damaged: readonly string[] }> {
  const found = new Map<string, Uint8Array>();
  const damaged: string[] = [];
  for (const file of files) {
    const cached = await readCached(folder, file);
    if (cached.state === "ok") found.set(file.name, cached.bytes);
    if (cached.state === "damaged") damaged.push(`cache: ${cached.reason}`);
  }
  return { files: found.size === files.length ? found : undefined, damaged };
}

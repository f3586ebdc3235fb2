import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AssetSource } from "../catalogue/entry.ts";

const ASSETS = new URL("../../assets/", import.meta.url);

/** Files that the repository itself holds. Never missing: a failure is a defect of ours. */
export async function fetchAssets({ members }: AssetSource): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, path] of Object.entries(members))
    files.set(name, await readFile(fileURLToPath(new URL(path, ASSETS))));
  return files;
}

import type { DataFile } from "../catalogue/entry.ts";
import { SourceFailure } from "../sources/failure.ts";
import { decompress } from "./decompress.ts";
import { findDamage } from "./verify.ts";

/**
 * Decompresses a source's files and verifies each against the catalogue.
 *
 * @throws SourceFailure naming the file and what is wrong with it.
 */
export async function checkFiles(
  expected: readonly DataFile[],
  raw: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const file of expected) {
    const received = raw.get(file.name);
    if (!received) throw new SourceFailure(`${file.name}: the source does not hold it`);
    const payload = await decompress(file.name, received);
    const damage = findDamage(file, payload);
    if (damage !== undefined) throw new SourceFailure(`${file.name}: ${damage}`);
    files.set(file.name, payload);
  }
  return files;
}

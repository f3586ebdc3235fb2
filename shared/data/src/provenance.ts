import { createHash } from "node:crypto";
import type { Provenance } from "./loaders/loaded.ts";
import type { OpenedDataset } from "./open.ts";

/** Where texts or tables came from. Their hash is over the files' names and decompressed bytes. */
export function filesProvenance({ entry, files, source, isSubset, skipped }: OpenedDataset): Provenance {
  const hash = createHash("sha256");
  for (const [name, bytes] of files) hash.update(`${JSON.stringify({ name, size: bytes.length })}\n`).update(bytes);
  return { name: entry.name, source, sha256: hash.digest("hex"), isSubset, skipped };
}

import { createHash } from "node:crypto";
import type { DataFile, Entry, Source } from "../../src/index.ts";

/** What the catalogue would say about these bytes. */
export function dataFile(name: string, bytes: Uint8Array): DataFile {
  return { name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A catalogue entry for a test, with these files and sources. */
export function testEntry(files: readonly DataFile[], sources: readonly Source[], more: Partial<Entry> = {}): Entry {
  return {
    name: "tiny",
    title: "Tiny",
    counts: "",
    licence: "CC0",
    homepage: "",
    citation: "",
    card: { about: "", collected: "", defects: "", use: "" },
    files,
    sources,
    ...more,
  };
}

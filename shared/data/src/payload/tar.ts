import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { SourceFailure } from "../sources/failure.ts";

/**
 * The wanted files of a tar archive, by their path without a leading "./".
 *
 * @param archive not compressed.
 * @throws SourceFailure where the archive ends early or is damaged.
 */
export async function readTar(
  what: string,
  archive: Uint8Array,
  isWanted: (path: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  const { extract } = await import("tar-stream");
  const entries = extract();
  const source = Readable.from(slices(archive));
  source.on("error", (error) => entries.destroy(error));
  source.pipe(entries);
  const files = new Map<string, Uint8Array>();
  try {
    for await (const entry of entries) {
      const path = entry.header.name.replace(/^\.\//, "");
      if (entry.header.type === "file" && isWanted(path)) files.set(path, await buffer(entry));
      else entry.resume();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceFailure(`${what}: the archive ends early or is damaged (${reason})`, { cause });
  }
  return files;
}

function* slices(bytes: Uint8Array, size = 1 << 16): Generator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
}

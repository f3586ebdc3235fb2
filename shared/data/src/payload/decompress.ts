import { buffer } from "node:stream/consumers";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { SourceFailure } from "../sources/failure.ts";

/** Larger than any file that the catalogue names; a file that unpacks to more is refused. */
const MAX_BYTES = 1 << 30;

const MAGIC = {
  gzip: [0x1f, 0x8b],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
} as const;

/**
 * Undoes gzip, xz or Zstandard, recognised by the first bytes and not by the name; other bytes
 * come back as they are.
 *
 * @param what the file's name, for the message.
 * @throws SourceFailure where the compressed data are cut short or damaged.
 */
export async function decompress(what: string, bytes: Uint8Array): Promise<Uint8Array> {
  const format = (Object.keys(MAGIC) as (keyof typeof MAGIC)[]).find((name) =>
    MAGIC[name].every((byte, i) => bytes[i] === byte),
  );
  try {
    if (format === "gzip") return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
    if (format === "zstd") return zstdDecompressSync(bytes, { maxOutputLength: MAX_BYTES });
    return format === "xz" ? await unpackXz(bytes) : bytes;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceFailure(`${what}: the ${format} data are cut short or damaged (${reason})`, { cause });
  }
}

async function unpackXz(bytes: Uint8Array): Promise<Uint8Array> {
  const { XzReadableStream } = (await import("xz-decompress")).default;
  const source = new Response(bytes as Uint8Array<ArrayBuffer>).body!;
  return buffer(new XzReadableStream(source));
}

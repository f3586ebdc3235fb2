import { SourceFailure } from "../sources/failure.ts";

const MAGIC = "!<arch>\n";
const HEADER_SIZE = 60;

export interface ArMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Members of an `ar` archive, the outer format of a Debian package (man 5 deb): an 8-byte magic,
 * then for each member a 60-byte header (name 16, time 12, owner 6, group 6, mode 8, size 10,
 * end mark 2; all text) and its bytes, padded to an even length.
 *
 * @throws SourceFailure where it is no such archive or ends early.
 */
export function* readAr(what: string, archive: Uint8Array): Generator<ArMember> {
  const text = (from: number, to: number) => new TextDecoder("latin1").decode(archive.subarray(from, to));
  if (text(0, MAGIC.length) !== MAGIC)
    throw new SourceFailure(`${what}: expected a Debian package ("!<arch>"), received other data`);
  let offset = MAGIC.length;
  while (offset < archive.length) {
    const start = offset + HEADER_SIZE;
    const size = Number.parseInt(text(offset + 48, offset + 58), 10);
    const isHeader = text(offset + 58, start) === "`\n" && size >= 0;
    if (!isHeader || start + size > archive.length)
      throw new SourceFailure(`${what}: the archive ends early or is damaged at byte ${offset}`);
    const name = text(offset, offset + 16)
      .trimEnd()
      .replace(/\/$/, "");
    yield { name, bytes: archive.subarray(start, start + size) };
    offset = start + size + (size % 2);
  }
}

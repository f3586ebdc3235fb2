import type { ArchiveSource, UrlSource } from "../catalogue/entry.ts";
import { isWanted, takeContents } from "../payload/contents.ts";
import { decompress } from "../payload/decompress.ts";
import { readTar } from "../payload/tar.ts";
import { download } from "./download.ts";
import type { FetchContext } from "./fetch-context.ts";

/** Files with an address each. @throws SourceFailure as `download`. */
export async function fetchUrls(source: UrlSource, context: FetchContext): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, url] of Object.entries(source.urls)) files.set(name, await download(name, url, context));
  return files;
}

/** Files of one archive. @throws SourceFailure as `download`, or where the archive is damaged or lacks a file. */
export async function fetchArchive(
  source: ArchiveSource,
  context: FetchContext,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const name = archiveName(source.url);
  return unpackArchive(name, source, await download(name, source.url, context));
}

export async function unpackArchive(
  name: string,
  source: ArchiveSource,
  archive: Uint8Array,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await readTar(name, await decompress(name, archive), (path) => isWanted(source, path));
  return takeContents(name, source, files);
}

/** The last part of an address: "cifar-10-binary.tar.gz". */
export function archiveName(url: string): string {
  return new URL(url).pathname.split("/").at(-1)!;
}

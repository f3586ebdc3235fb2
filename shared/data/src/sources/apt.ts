import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PATIENCE } from "./download.ts";
import { SourceFailure } from "./failure.ts";
import type { FetchContext } from "./fetch-context.ts";
import { runClient } from "./run-client.ts";

/** The machine's package lists are absent (a fresh container), or name a version that the mirror has replaced. */
const NEEDS_FRESH_LISTS = /Unable to locate|no installation candidate|no available version|404/;

/**
 * Downloads a Debian package without root and without naming a mirror: apt-get knows the machine's,
 * and checks signature and hash. Where the machine's package lists do not know the package, fresh
 * lists are fetched into `folder` (about 10 MB), beside the machine's own, which stay as they are.
 *
 * @param folder temporary and empty; the caller removes it.
 * @throws SourceFailure where apt-get is missing, does not know the package or cannot reach its mirror.
 */
export async function downloadPackage(name: string, folder: string, context: FetchContext): Promise<Uint8Array> {
  const { connect } = context.patience ?? PATIENCE;
  const cache = join(folder, "cache");
  await mkdir(join(cache, "archives", "partial"), { recursive: true });
  const options = [
    ...["-q", "-o", `Acquire::http::Timeout=${2 * connect}`, "-o", "Acquire::Retries=0"],
    ...["-o", `Dir::Cache=${cache}`, "-o", "Dir::Cache::pkgcache=pkgcache.bin"], // parses the lists once, not twice
  ];
  try {
    return await downloadWith(options, name, folder, context);
  } catch (error) {
    if (!(error instanceof SourceFailure && NEEDS_FRESH_LISTS.test(error.message))) throw error;
  }
  const lists = join(folder, "lists");
  await mkdir(join(lists, "partial"), { recursive: true });
  const fresh = [...options, "-o", `Dir::State::lists=${lists}`, "-o", "Acquire::Languages=none"];
  await runClient("apt-get", [...fresh, "--error-on=any", "update"], { folder, seconds: 120 });
  return downloadWith(fresh, name, folder, context);
}

async function downloadWith(
  options: readonly string[],
  name: string,
  folder: string,
  context: FetchContext,
): Promise<Uint8Array> {
  const { file, size } = await findPackage(options, name, folder);
  const report = (received: number) => context.onProgress?.({ file, received, total: size });
  await runClient("apt-get", [...options, "-o", "APT::Status-Fd=1", "download", name], {
    folder,
    seconds: 1800, // apt-get gives a silent mirror up by itself
    onLine(line) {
      const percent = /^dlstatus:\d+:([\d.]+):/.exec(line)?.[1];
      if (percent !== undefined) report(Math.round((Number(percent) / 100) * size));
    },
  });
  return readFile(join(folder, file));
}

/** Name and size of the file, from a line `'URI' NAME SIZE HASH`. */
async function findPackage(options: readonly string[], name: string, folder: string) {
  const lines = await runClient("apt-get", [...options, "--print-uris", "download", name], { folder, seconds: 60 });
  const match = /^'[^']+' (\S+) (\d+) /m.exec(lines.join("\n"));
  if (!match) throw new SourceFailure(`apt-get: no available version of ${name}`);
  return { file: match[1]!, size: Number(match[2]) };
}

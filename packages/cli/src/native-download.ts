import { existsSync, lstatSync, readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { UserError } from "@course/core";
import { createDownloadBar } from "@course/train";
import { lastWords, runProgram } from "./native-run.ts";
import { addonPath } from "./native-staging.ts";

export interface DownloadSettings {
  /** The package itself, whose programs the install script calls. */
  readonly packageFolder: string;
  /** The script is ended when nothing new has arrived for so long. */
  readonly stallMs?: number | undefined;
}

const POLL_MS = 500;

/**
 * Runs the package's own install script in a copy of the package: it downloads TensorFlow's library
 * and the addon (some 400 MB). Its settings work as ever, for example TFJS_NODE_CDN_STORAGE or HTTPS_PROXY.
 *
 * @throws UserError if the host cannot be reached, sends nothing for `stallMs`, or has no build for this machine.
 */
export async function downloadNative(copy: string, { packageFolder, stallMs = 15_000 }: DownloadSettings) {
  const programs = [dirname(process.execPath), join(packageFolder, "node_modules", ".bin"), process.env.PATH ?? ""];
  const env = { ...process.env, PATH: programs.join(delimiter) };
  const stall = new AbortController();
  const bar = createDownloadBar();
  let size = folderSize(copy);
  let grewAt = performance.now();
  const watch = setInterval(() => {
    const now = folderSize(copy);
    if (now !== size) grewAt = performance.now();
    else if (performance.now() - grewAt > stallMs) stall.abort();
    if (now > size) bar.onProgress({ file: "TensorFlow", received: now });
    size = now;
  }, POLL_MS);
  const script = join(copy, "scripts", "install.js");
  const { ended, stderr } = await runProgram(process.execPath, [script], {
    cwd: copy,
    env,
    signal: stall.signal,
  }).finally(() => {
    clearInterval(watch);
    bar.close();
  });
  if (stall.signal.aborted) throw new UserError(`nothing arrived for ${stallMs / 1000} seconds`);
  if (ended !== 0) throw new UserError(lastWords(stderr));
  if (!existsSync(addonPath(copy))) throw new UserError("the package's install script left no addon");
}

/** Bytes of the files in a folder; a file that vanishes meanwhile counts nothing. */
function folderSize(folder: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (found?.isFile()) bytes += found.size;
  }
  return bytes;
}

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Entry } from "../../src/index.ts";

const SCRIPT = fileURLToPath(new URL("open-in-child.ts", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  /** A command that the process runs under: `unshare --user`. */
  readonly wrapper?: readonly string[];
  /** Shell commands around it: a mount, a listing. */
  readonly before?: string;
  readonly after?: string;
}

/** A real process that opens `entry`. */
export function openInChild(
  entry: Entry,
  cacheFolder: string,
  { wrapper = [], before = "true", after }: ChildOptions = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const inner = [process.execPath, SCRIPT, JSON.stringify(entry), cacheFolder];
  const run = after === undefined ? 'exec "$@"' : `{ "$@"; code=$?; ${after}; exit $code; }`;
  const [command, ...rest] = [...wrapper, "sh", "-c", `${before} && ${run}`, "sh", ...inner];
  const child = spawn(command!, rest, { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
  return { child, ended };
}

/** Whether a command line works here: namespaces are not allowed everywhere. */
export function works(...[command, ...rest]: readonly string[]): boolean {
  return spawnSync(command!, rest).status === 0;
}

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The repository's root, so that the runs of every project lie side by side; else the current folder. */
export function workspaceRoot(from = process.cwd()): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, "pnpm-workspace.yaml"))) return folder;
  return from;
}

/**
 * Where the user stands: `pnpm --filter` starts a script in the project's folder, and says in
 * INIT_CWD where it was called.
 */
export function userFolder(): string {
  return process.env.INIT_CWD ?? process.cwd();
}

/** A path as the user typed it. */
export function resolveUserPath(path: string): string {
  return resolve(userFolder(), path);
}

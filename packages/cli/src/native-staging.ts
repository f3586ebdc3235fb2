import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** The parts of tfjs-node that are added to it after the install: TensorFlow's libraries, then the addon. */
const ADDED = ["deps", "lib"] as const;

/** What building and loading the addon needs of the package. */
const NEEDED = ["package.json", "binding.gyp", "binding", "scripts", "dist"] as const;

/** Where tfjs-node looks for its addon: 8 is the newest N-API level that it names. */
export const addonPath = (packageFolder: string) => join(packageFolder, "lib", "napi-v8", "tfjs_binding.node");

/**
 * Calls `build` with a copy of the package that lies beside it, so that the copy finds the same
 * dependencies. Where `build` succeeds, what it added moves into the package; the copy always goes,
 * also when Ctrl-C ends this process. The package's own script rewrites package.json in between:
 * that, too, touches only the copy.
 */
export async function buildInCopy(packageFolder: string, build: (copy: string) => Promise<void>): Promise<void> {
  const copy = mkdtempSync(join(dirname(packageFolder), ".tfjs-node-"));
  const remove = () => rmSync(copy, { recursive: true, force: true });
  const leave = () => process.exit(130);
  process.once("exit", remove);
  process.once("SIGINT", leave).once("SIGTERM", leave);
  try {
    for (const part of NEEDED) cpSync(join(packageFolder, part), join(copy, part), { recursive: true });
    await build(copy);
    moveAdded(copy, packageFolder);
  } finally {
    process.off("exit", remove).off("SIGINT", leave).off("SIGTERM", leave);
    remove();
  }
}

/** Removes what a failed attempt added to the copy. */
export function clearAdded(copy: string): void {
  for (const part of ADDED) rmSync(join(copy, part), { recursive: true, force: true });
}

/** The addon comes last: while it is absent, the package counts as not installed. */
function moveAdded(copy: string, packageFolder: string): void {
  const old = join(copy, "replaced");
  mkdirSync(old);
  for (const part of [...ADDED].reverse())
    if (existsSync(join(packageFolder, part))) renameSync(join(packageFolder, part), join(old, part));
  for (const part of ADDED) if (existsSync(join(copy, part))) renameSync(join(copy, part), join(packageFolder, part));
}

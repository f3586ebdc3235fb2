import { readdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";

/** Made by tools, at any depth: never part of a copy. */
const MADE = new Set(["node_modules", "dist", "coverage"]);
const MADE_SUFFIXES = [".tsbuildinfo", ".tmp", ".log"];

/** The only files with a leading dot that are copied: others are local settings, history or secrets. */
const KEPT_DOT_FILES = new Set([".gitignore", ".gitattributes", ".editorconfig", ".node-version"]);

/**
 * Paths of the regular files that belong to a source tree, from `folder`, with `/`, sorted. Build
 * outputs, `node_modules`, and names with a leading dot (but a few) are left out.
 *
 * @param skip Further paths to leave out, from `folder`, with everything below them.
 * @throws UserError for a link or a device: a copy would not hold what it points at.
 */
export function listFiles(folder: string, skip: readonly string[] = []): string[] {
  const files: string[] = [];
  const visit = (parent: string): void => {
    for (const entry of readdirSync(join(folder, parent), { withFileTypes: true })) {
      const path = parent === "" ? entry.name : `${parent}/${entry.name}`;
      if (isLeftOut(entry.name) || skip.includes(path)) continue;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) files.push(path);
      else throw new UserError(`${join(folder, path)}: expected a regular file or a folder (is it a link?)`);
    }
  };
  visit("");
  return files.sort();
}

function isLeftOut(name: string): boolean {
  if (name.startsWith(".")) return !KEPT_DOT_FILES.has(name);
  return MADE.has(name) || MADE_SUFFIXES.some((suffix) => name.endsWith(suffix));
}

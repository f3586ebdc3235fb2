import type { Contents } from "../catalogue/entry.ts";
import { SourceFailure } from "../sources/failure.ts";

/** Whether a package's path is one that `contents` names, itself or through a folder. */
export function isWanted(contents: Contents, path: string): boolean {
  const wanted = "members" in contents ? Object.values(contents.members) : contents.parts;
  return wanted.some((name) => (name.endsWith("/") ? path.startsWith(name) : path === name));
}

/**
 * Payload files by their name, from a package's files by their path.
 *
 * @throws SourceFailure naming a path that the package lacks.
 */
export async function takeContents(
  what: string,
  contents: Contents,
  found: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (!("members" in contents)) {
    for (const part of contents.parts)
      if (![...found.keys()].some((path) => path === part || (part.endsWith("/") && path.startsWith(part))))
        throw new SourceFailure(`${what}: has no ${part} (another version of the package?)`);
    return contents.convert(found);
  }
  const files = new Map<string, Uint8Array>();
  for (const [name, path] of Object.entries(contents.members)) {
    const bytes = found.get(path);
    if (!bytes) throw new SourceFailure(`${what}: has no ${path} (another version of the package?)`);
    files.set(name, bytes);
  }
  return files;
}

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "@course/core";

interface Tsconfig {
  extends?: string;
  references?: { path: string }[];
}

/**
 * Writes the project's `tsconfig.json` into a copy of the project that stands elsewhere: relative
 * paths in `extends` and `references` become absolute, the rest stays.
 *
 * @throws UserError if the file is missing or is not plain JSON.
 */
export function writeProofTsconfig(projectFolder: string, copy: string): void {
  const file = join(projectFolder, "tsconfig.json");
  if (!existsSync(file)) throw new UserError(`${file}: no such file (a project is type-checked with tsc -b)`);
  const config = parse(file);
  if (config.extends?.startsWith(".")) config.extends = resolve(projectFolder, config.extends);
  config.references = (config.references ?? []).map(({ path }) => ({ path: resolve(projectFolder, path) }));
  writeFileSync(join(copy, "tsconfig.json"), JSON.stringify(config, undefined, 2));
}

function parse(file: string): Tsconfig {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Tsconfig;
  } catch (error) {
    throw new UserError(`${file}: expected plain JSON without comments: ${(error as Error).message}`);
  }
}

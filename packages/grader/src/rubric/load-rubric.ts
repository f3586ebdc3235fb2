import { existsSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "@course/core";
import { defineRubric } from "./define-rubric.ts";
import type { Rubric } from "./rubric.ts";

/**
 * Imports `rubric.ts` of a project and checks it again, so that one that bypassed `defineRubric` is
 * refused too.
 *
 * @throws UserError if the file is missing, cannot be imported, or holds no valid rubric.
 */
export async function loadRubric(projectFolder: string): Promise<Rubric> {
  const file = join(projectFolder, "rubric.ts");
  if (!existsSync(file)) throw new UserError(`${file}: no rubric here (is this the folder of a project?)`);
  const { default: rubric } = await importRubric(file);
  if (rubric === undefined) throw new UserError(`${file}: expected \`export default defineRubric({ … })\``);
  return defineRubric(rubric);
}

async function importRubric(file: string): Promise<{ default?: Rubric }> {
  try {
    return await import(/* @vite-ignore */ pathToFileURL(file).href);
  } catch (error) {
    throw new UserError(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Whether the official grade would take this file (path from the project's folder, with `/`). */
export function isEditable(rubric: Rubric, path: string): boolean {
  return rubric.editable.some((pattern) => matchesGlob(path, pattern));
}

import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UserError } from "@course/core";
import { type StarterFile, starterFiles } from "./starter-files.ts";
import { readManifest } from "./starter-manifest.ts";
import { workspaceFiles } from "./workspace-files.ts";

export interface StarterOptions {
  /** Writes the whole workspace, with this project as its only one, instead of the project's folder alone. */
  readonly workspace?: boolean | undefined;
}

export interface WrittenStarter {
  readonly project: string;
  /** The project's folder inside what was written. */
  readonly projectFolder: string;
  /** Number of files written. */
  readonly files: number;
  /** Files that had solutions, and the ids taken out of each. */
  readonly converted: readonly { readonly path: string; readonly ids: readonly string[] }[];
}

/**
 * Writes a project as a student gets it: solutions become tasks that throw, `grading/`, runs and
 * build outputs stay behind, `package.json` is marked as a starter's. README, rubric, tests and
 * `results/` are kept.
 *
 * @param outFolder Made if it is missing.
 * @throws UserError if `outFolder` is not empty or lies inside the project, for a faulty rubric or
 * marker, and with `workspace` if the project is not in a workspace. Nothing is written then.
 */
export async function writeStarter(
  projectFolder: string,
  outFolder: string,
  { workspace = false }: StarterOptions = {},
): Promise<WrittenStarter> {
  assertFreeFolder(projectFolder, outFolder);
  const { name: project } = readManifest(projectFolder);
  const files = await starterFiles(projectFolder);
  const around = workspace ? workspaceFiles(projectFolder, project) : undefined;
  const target = around ? join(outFolder, around.projectPath) : outFolder;
  if (around) writeFiles(around.root, outFolder, around.files);
  writeFiles(projectFolder, target, files);
  return {
    project,
    projectFolder: target,
    files: files.length + (around?.files.length ?? 0),
    converted: files.filter(({ ids }) => ids.length > 0).map(({ path, ids }) => ({ path, ids })),
  };
}

function assertFreeFolder(projectFolder: string, outFolder: string): void {
  const inside = relative(resolve(projectFolder), resolve(outFolder));
  if (!inside.startsWith(".."))
    throw new UserError(`${outFolder}: expected a folder outside the project ${projectFolder}`);
  if (!existsSync(outFolder)) return;
  if (!statSync(outFolder).isDirectory()) throw new UserError(`${outFolder}: expected a folder, found a file`);
  if (readdirSync(outFolder).length > 0)
    throw new UserError(`${outFolder}: expected an empty or new folder, found files in it (an earlier starter?)`);
}

function writeFiles(from: string, to: string, files: readonly Pick<StarterFile, "path" | "text">[]): void {
  for (const { path, text } of files) {
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    if (text === undefined) copyFileSync(join(from, path), target);
    else writeFileSync(target, text, { mode: statSync(join(from, path)).mode });
  }
}

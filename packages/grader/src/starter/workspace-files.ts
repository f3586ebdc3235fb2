import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { UserError } from "@course/core";
import { findWorkspaceRoot } from "../workspace-root.ts";
import { listFiles } from "./list-files.ts";
import type { StarterFile } from "./starter-files.ts";

/** Folders at the top of the workspace that a student does not get: runs, and every project's solution. */
const WITHHELD = ["runs", "releases", "projects"];

/** The files around a project: everything of its workspace but the projects. */
export interface Workspace {
  readonly root: string;
  /** Where the project stands in it, with `/`. */
  readonly projectPath: string;
  readonly files: readonly Pick<StarterFile, "path" | "text">[];
}

/**
 * The workspace of a project without any project. In the root's `package.json`, `npm start` trains
 * this project.
 *
 * @throws UserError if the project is not in the `projects/` folder of a pnpm workspace.
 */
export function workspaceFiles(projectFolder: string, project: string): Workspace {
  const root = findWorkspaceRoot(projectFolder);
  if (!root) throw new UserError(`${projectFolder}: expected a project in a pnpm workspace, found none around it`);
  const projectPath = relative(root, projectFolder).split(sep).join("/");
  if (!projectPath.startsWith("projects/"))
    throw new UserError(`${projectFolder}: expected a project in ${join(root, "projects")}`);
  const files = listFiles(root, WITHHELD).map((path) => ({
    path,
    text: path === "package.json" ? rootManifest(join(root, path), project) : undefined,
  }));
  return { root, projectPath, files };
}

function rootManifest(file: string, project: string): string {
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { scripts?: Record<string, string> };
  if (manifest.scripts?.["first-train"]) manifest.scripts["first-train"] = `course train ${project}`;
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

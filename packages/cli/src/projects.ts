import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, UserError } from "@course/core";
import { readJson, workspaceRoot } from "@course/train";

export interface Project {
  readonly name: string;
  readonly folder: string;
  /** One line, from its package.json. */
  readonly task: string;
}

/** Every project of the workspace, by name. */
export function listProjects(root = workspaceRoot()): Project[] {
  const parent = join(root, "projects");
  if (!existsSync(parent))
    throw new UserError(`${parent}: expected the course's projects (are you inside the repository?)`);
  return readdirSync(parent)
    .filter((name) => existsSync(join(parent, name, "package.json")))
    .sort()
    .map((name) => {
      const folder = join(parent, name);
      const { description = "" } = readJson(join(folder, "package.json")) as { description?: string };
      return { name, folder, task: description };
    });
}

/** @throws UserError that names the nearest project. */
export function findProject(name: string, projects = listProjects()): Project {
  const found = projects.find((project) => project.name === name);
  if (found) return found;
  throw new UserError(
    `${name}: no such project${didYouMean(
      name,
      projects.map((project) => project.name),
    )}`,
  );
}

/** The project whose folder (or a folder inside it) is the current one. */
export function currentProject(projects = listProjects()): Project | undefined {
  const here = `${process.cwd()}/`;
  return projects.find(({ folder }) => here.startsWith(`${folder}/`));
}

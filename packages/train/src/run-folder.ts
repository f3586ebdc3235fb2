import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { replaceFile } from "./files.ts";

/** `runs/<project>`: the runs of one project. `latest` is a text file that names the newest. */
export function projectRunsFolder(outFolder: string, project: string): string {
  return join(outFolder, project);
}

/**
 * Makes `<date>-<time>-<preset>-seed<N>`, numbered if two runs start in one second. `latest` names it
 * from then on, unless it is a trial, which nobody resumes.
 */
export function createRunFolder(
  outFolder: string,
  project: string,
  { preset, seed, trial, now = new Date() }: { preset: string; seed: number; trial?: string | undefined; now?: Date },
): string {
  const parent = projectRunsFolder(outFolder, project);
  mkdirSync(parent, { recursive: true });
  const stamp = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  const base = [stamp, preset, ...(trial ? [trial] : []), `seed${seed}`].join("-");
  for (let attempt = 1; ; attempt++) {
    const name = attempt === 1 ? base : `${base}-${attempt}`;
    try {
      mkdirSync(join(parent, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw error;
    }
    mkdirSync(join(parent, name, "figures"));
    if (!trial) replaceFile(join(parent, "latest"), `${name}\n`);
    return join(parent, name);
  }
}

/** The folder of a run by name, or of the newest for `latest`. @throws UserError if there is none. */
export function findRunFolder(outFolder: string, project: string, run: string): string {
  const parent = projectRunsFolder(outFolder, project);
  const pointer = join(parent, "latest");
  if (run === "latest" && !existsSync(pointer))
    throw new UserError(
      `${parent}: expected a run of ${project}, found none (train first, or name the folder with --out)`,
    );
  const name = run === "latest" ? readFileSync(pointer, "utf8").trim() : run;
  const folder = join(parent, name);
  if (name === "" || !existsSync(folder))
    throw new UserError(`${folder}: no such run (there are: ${listRuns(outFolder, project).join(", ") || "none"})`);
  return folder;
}

/** Names of a project's runs, oldest first. */
export function listRuns(outFolder: string, project: string): string[] {
  const parent = projectRunsFolder(outFolder, project);
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => statSync(join(parent, name), { throwIfNoEntry: false })?.isDirectory())
    .sort();
}

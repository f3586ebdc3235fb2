import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { z } from "zod";

const manifestSchema = z.looseObject({
  name: z.string(),
  scripts: z.record(z.string(), z.string()).optional(),
  course: z.looseObject({ starter: z.boolean().optional() }).optional(),
});

type Manifest = z.output<typeof manifestSchema>;

/** Scripts of a reference solution that a starter cannot pass. */
const REFERENCE_SCRIPTS = ["prove", "smoke"];

/** @throws UserError if there is no `package.json` with a name. */
export function readManifest(projectFolder: string): Manifest {
  const file = join(projectFolder, "package.json");
  if (!existsSync(file)) throw new UserError(`${file}: no such file (is this the folder of a project?)`);
  return parseManifest(readFileSync(file, "utf8"), file);
}

/** Whether the folder is a starter, or a student's work that began as one. */
export function isStarter(projectFolder: string): boolean {
  return existsSync(join(projectFolder, "package.json")) && readManifest(projectFolder).course?.starter === true;
}

/** A starter's `package.json`: marked as one, without the scripts that only a reference passes. */
export function toStarterManifest(text: string, file: string): string {
  const manifest = parseManifest(text, file);
  const scripts = Object.entries(manifest.scripts ?? {}).filter(([name]) => !REFERENCE_SCRIPTS.includes(name));
  const starter = { ...manifest, scripts: Object.fromEntries(scripts), course: { ...manifest.course, starter: true } };
  return `${JSON.stringify(starter, undefined, 2)}\n`;
}

function parseManifest(text: string, file: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file}: expected JSON: ${(error as Error).message}`);
  }
  const issue = manifestSchema.safeParse(json).error?.issues[0];
  if (issue) throw new UserError(`${file}: ${issue.path.join(".")}: ${issue.message}`);
  return json as Manifest; // not zod's copy, which would reorder the keys
}

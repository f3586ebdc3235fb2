import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadRubric } from "../rubric/load-rubric.ts";
import { listFiles } from "./list-files.ts";
import { parseMarkers } from "./markers.ts";
import { toStarterManifest } from "./starter-manifest.ts";
import { toStarter } from "./to-starter.ts";

/** Folders at a project's top that a student does not get: hidden cases, and runs of the reference. */
const WITHHELD = ["grading", "runs"];

/** One file of a starter. */
export interface StarterFile {
  /** From the project's folder, with `/`. */
  readonly path: string;
  /** What to write; undefined where the file is copied as it is. */
  readonly text: string | undefined;
  /** Ids of the solutions that were taken out. */
  readonly ids: readonly string[];
}

/**
 * All files of a project as a student gets them. Nothing is written, so that a faulty marker in the
 * last file leaves no half-written starter behind.
 *
 * @throws UserError for a faulty rubric, marker or `package.json`, or a link among the files.
 */
export async function starterFiles(projectFolder: string): Promise<StarterFile[]> {
  const { items } = await loadRubric(projectFolder);
  const ids = items.map(({ id }) => id);
  return listFiles(projectFolder, WITHHELD).map((path) => convert(projectFolder, path, ids));
}

function convert(projectFolder: string, path: string, knownIds: readonly string[]): StarterFile {
  const read = () => readFileSync(join(projectFolder, path), "utf8");
  if (path === "package.json") return { path, text: toStarterManifest(read(), join(projectFolder, path)), ids: [] };
  if (!path.endsWith(".ts")) return { path, text: undefined, ids: [] };
  const source = read();
  const blocks = parseMarkers(source, path, knownIds);
  if (blocks.length === 0) return { path, text: undefined, ids: [] };
  return { path, text: toStarter(source, path, knownIds), ids: blocks.map(({ id }) => id) };
}

import { readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { UserError } from "@course/core";
import { isEditable } from "../rubric/load-rubric.ts";
import type { Rubric } from "../rubric/rubric.ts";
import { listFiles } from "../starter/list-files.ts";
import { hasMarker, parseMarkers, type SolutionBlock } from "../starter/markers.ts";
import { readManifest } from "../starter/starter-manifest.ts";

/**
 * What can be proved without running anything: the rubric names this project; each marker is well
 * formed, in the rubric, and in an editable file; each item has a marker or a metric; each editable
 * pattern matches a file. Returns the problems.
 */
export function checkSources(projectFolder: string, rubric: Rubric): string[] {
  const problems: string[] = [];
  const { name } = readManifest(projectFolder);
  if (rubric.project !== name) problems.push(`rubric.ts: project: expected ${name}, received ${rubric.project}`);
  const files = listFiles(projectFolder, ["grading", "runs"]);
  for (const pattern of rubric.editable)
    if (!files.some((path) => matchesGlob(path, pattern)))
      problems.push(`rubric.ts: editable: no file matches ${pattern}`);
  const marked = new Set<string>();
  const knownIds = rubric.items.map(({ id }) => id);
  for (const path of files.filter((file) => file.endsWith(".ts"))) {
    for (const { id, startLine } of parseOrNote(join(projectFolder, path), { path, knownIds, problems })) {
      marked.add(id);
      if (!isEditable(rubric, path))
        problems.push(
          `${path}:${startLine}: ${id} is to be written here, but rubric.ts does not list the file as editable`,
        );
    }
  }
  for (const { id, title, metric } of rubric.items)
    if (!metric && !marked.has(id)) problems.push(`rubric.ts: ${id} ${title}: no source has a #solution ${id}`);
  return problems;
}

/** Files of a starter that still hold a marker. Documents may explain markers, so they are not read. */
export function survivingMarkers(starterFolder: string): string[] {
  return listFiles(starterFolder, ["results"])
    .filter((path) => !path.endsWith(".md"))
    .filter((path) => hasMarker(readFileSync(join(starterFolder, path), "utf8")));
}

interface Notes {
  readonly path: string;
  readonly knownIds: readonly string[];
  readonly problems: string[];
}

/** The blocks of a source; a faulty marker is added to the problems instead. */
function parseOrNote(file: string, { path, knownIds, problems }: Notes): SolutionBlock[] {
  try {
    return parseMarkers(readFileSync(file, "utf8"), path, knownIds);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(error.message);
    return [];
  }
}

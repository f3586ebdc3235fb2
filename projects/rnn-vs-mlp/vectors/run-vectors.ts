import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Run, readJson, workspaceRoot, writeJson } from "@course/train";
import type { Config } from "../src/config.ts";
import { findVectors, readVectors, readVectorsFile, type Search } from "./read-vectors.ts";
import { assertCovers, countVectors, type Vectors } from "./vectors.ts";

/** The training text that vectors are for. */
interface Text {
  readonly tokens: readonly string[];
  /** SHA-256 of all of it. */
  readonly hash: string;
}

/** A run's vectors: `readRunVectors` with `--out`'s folder before the usual one, or else counted ones. @throws UserError as `assertCovers` */
export function vectorsOf(
  run: Pick<Run, "folder" | "random">,
  { tokens, hash }: Text,
  { vectors, dimension }: Pick<Config, "vectors" | "dimension">,
): Vectors {
  const runsFolders = [join(run.folder, "..", ".."), join(workspaceRoot(), "runs")];
  const read = readRunVectors(run.folder, vectors, { runsFolders, textHash: hash });
  if (read && vectors !== "") assertCovers(read, tokens); // without a name they are of the same text
  return read ?? countVectors(tokens, dimension, run.random.stream("vectors"));
}

/**
 * `readVectors` for a run, whose folder keeps which file the empty name stood for: a run that goes on takes the vectors
 * that it began with, whatever word-embeddings left in between.
 */
export function readRunVectors(runFolder: string, name: string, search: Search): Vectors | undefined {
  if (name !== "") return readVectors(name, search);
  const note = join(runFolder, "vectors.json");
  const known = existsSync(note) ? (readJson(note) as { file: string | null }) : undefined;
  const file = known ? known.file : (findVectors(name, search) ?? null);
  writeJson(note, { file });
  return file === null ? undefined : readVectorsFile(file);
}

import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "@course/core";
import {
  findRunFolder,
  listRuns,
  orPassOver,
  readJson,
  readSafetensors,
  readSummary,
  resolveUserPath,
} from "@course/train";
import { standardise, type Vectors } from "./vectors.ts";

const PROJECT = "word-embeddings";
const FILE = "embeddings.safetensors";
/** Instead of a run's name: no run's. */
export const COUNTED = "counted";

/** Where vectors may lie, and what they are for. */
export interface Search {
  /** They are looked through, one after the other. */
  readonly runsFolders: readonly string[];
  /** SHA-256 of the text that the vectors are to read. */
  readonly textHash: string;
}

/**
 * The vectors that word-embeddings left: of the run of this name, of a file, or, without a name, of its latest run on all
 * of the same text. Undefined where there is none, and for the name `counted`.
 *
 * @throws UserError for a run that is not there, or a file that is damaged or holds no vectors.
 */
export function readVectors(name: string, search: Search): Vectors | undefined {
  const path = findVectors(name, search);
  return path === undefined ? undefined : readVectorsFile(path);
}

/** The file that `readVectors` reads. */
export function findVectors(name: string, { runsFolders, textHash }: Search): string | undefined {
  if (name === COUNTED) return undefined;
  if (name.endsWith(".safetensors")) return resolveUserPath(name);
  if (name !== "") {
    const folder = runsFolders.find((each) => listRuns(each, PROJECT).includes(name)) ?? runsFolders.at(-1)!;
    return join(findRunFolder(folder, PROJECT, name), FILE);
  }
  const latestOf = (folder: string) =>
    listRuns(folder, PROJECT)
      .map((run) => join(folder, PROJECT, run, FILE))
      .findLast((path) => existsSync(path) && orPassOver(() => isOfWhole(textHash, dirname(path))).includes(true)); // a run that was stopped early has none
  return runsFolders.map(latestOf).find((path) => path !== undefined);
}

/** Whether the run learnt all of this text; a smoke run, or one with `--limit`, knows a few hundred words. */
function isOfWhole(textHash: string, runFolder: string): boolean {
  const { config } = readJson(join(runFolder, "config.json")) as { config: { limit?: number } };
  return config.limit === 0 && readSummary(runFolder).dataset?.sha256 === textHash;
}

/** @throws UserError for a file that is damaged or holds no vectors. */
export function readVectorsFile(path: string): Vectors {
  const { tensors, metadata } = readSafetensors(path);
  const words = wordsOf(metadata.tokens);
  const { shape = [], data } = tensors.embeddings ?? {};
  if (shape.length !== 2 || shape[0] !== words.length || words.length === 0)
    throw new UserError(`${path}: expected embeddings [words=${words.length}, dimension], received [${shape}]`);
  return {
    values: standardise(Float32Array.from(data!), shape[1]),
    dimension: shape[1],
    words,
    source: `${metadata.model ?? "embeddings"} of ${basename(dirname(path))}`,
  };
}

/** What word-embeddings wrote; none where a file is another program's. */
function wordsOf(tokens = "[]"): string[] {
  try {
    const words: unknown = JSON.parse(tokens);
    return Array.isArray(words) ? words.map(String) : [];
  } catch {
    return [];
  }
}

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Random, UserError } from "@course/core";
import { buildVocabulary, countedVectors, encode } from "@course/data";
import { tf } from "@course/tf";
import { findRunFolder, listRuns, readSafetensors, resolveUserPath } from "@course/train";

/** One vector for each word, which the models look up and never change. */
export interface Vectors {
  /** [words, dimension], row 0 for words that have none. */
  readonly values: Float32Array;
  readonly dimension: number;
  readonly words: readonly string[];
  /** Where they come from, for the user. */
  readonly source: string;
}

const PROJECT = "word-embeddings";
const FILE = "embeddings.safetensors";
/** Instead of a run's name: no run's. */
export const COUNTED = "counted";

/**
 * The vectors that word-embeddings left: of the run of this name, of a file, or, without a name, of its latest run that
 * is no smoke run. Undefined where there is none, and for the name `counted`.
 *
 * @param runsFolders that are looked through, one after the other
 * @throws UserError for a run that is not there, or a file that is damaged or holds no vectors.
 */
export function readVectors(name: string, runsFolders: readonly string[]): Vectors | undefined {
  const path = findFile(name, runsFolders);
  return path === undefined ? undefined : readFile(path);
}

function findFile(name: string, runsFolders: readonly string[]): string | undefined {
  if (name === COUNTED) return undefined;
  if (name.endsWith(".safetensors")) return resolveUserPath(name);
  if (name !== "") {
    const folder = runsFolders.find((each) => listRuns(each, PROJECT).includes(name)) ?? runsFolders.at(-1)!;
    return join(findRunFolder(folder, PROJECT, name), FILE);
  }
  const latestOf = (folder: string) =>
    listRuns(folder, PROJECT)
      .filter((run) => !run.includes("-smoke-")) // which knows a few hundred words
      .map((run) => join(folder, PROJECT, run, FILE))
      .findLast((path) => existsSync(path)); // a run that was stopped early has none
  return runsFolders.map(latestOf).find((path) => path !== undefined);
}

function readFile(path: string): Vectors {
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

/** Vectors by counting alone, of the training text's words. */
export function countVectors(tokens: readonly string[], dimension: number, random: Random): Vectors {
  const vocabulary = buildVocabulary(tokens, { minCount: 5 });
  const vocabularySize = vocabulary.tokens.length;
  const kept = Math.min(dimension, vocabularySize);
  const sizes = { vocabularySize, window: 2, dimension: kept };
  const counted = countedVectors(encode(vocabulary, tokens), { ...sizes, skip: 0, random });
  return {
    values: standardise(counted, kept),
    dimension: kept,
    words: vocabulary.tokens,
    source: "PPMI + SVD of the training text",
  };
}

/** All vectors times one number, so that their entries have a mean square of 1, the scale that initial weights expect. */
export function standardise(values: Float32Array, dimension: number): Float32Array {
  const known = values.map((value, i) => (i < dimension ? 0 : value)); // row 0, unknown words: no meaning at all
  const squares = known.reduce((sum, value) => sum + value * value, 0);
  const scale = squares > 0 ? Math.sqrt((values.length - dimension) / squares) : 1;
  return known.map((value) => value * scale);
}

/** As a tensor [words, dimension]; not a variable: nothing trains it. */
export function vectorTable({ values, words, dimension }: Vectors): tf.Tensor2D {
  return tf.tensor2d(values, [words.length, dimension]);
}

/** Identifies the vectors and the text that is read with them: a run that goes on must find both as they were. */
export function hashOf({ values }: Vectors, textHash: string): string {
  return createHash("sha256").update(textHash).update(values).digest("hex");
}

/** Token → row; 0 for a token without a vector. */
export function rowsOf({ words }: Vectors): (token: string) => number {
  const rows = new Map(words.map((word, row) => [word, row]));
  return (token) => rows.get(token) ?? 0;
}

/** @throws UserError for vectors that know less than half of the text: they are another vocabulary's */
export function assertCovers({ words, source }: Vectors, tokens: readonly string[]): void {
  const known = new Set(words);
  const share = tokens.reduce((sum, token) => sum + Number(known.has(token)), 0) / tokens.length;
  if (share >= 0.5) return;
  throw new UserError(
    `vectors (${source}): expected those of the text's vocabulary, received ${words.length} words that cover ` +
      `${(100 * share).toFixed(1)} of 100 tokens (of another text? train word-embeddings with the same --data, or take --vectors counted)`,
  );
}

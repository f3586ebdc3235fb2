import { existsSync } from "node:fs";
import { join } from "node:path";
import { createRandom, UserError } from "@course/core";
import { restoreVocabulary, type SavedVocabulary, type Vocabulary } from "@course/data";
import { saveable } from "@course/tf";
import { findRunFolder, listRuns, readJson, readSafetensors, readSummary } from "@course/train";
import { type Config, planOf } from "../src/config.ts";
import { createNetwork, type Network } from "../src/model.ts";

export interface SavedNetwork {
  readonly network: Network;
  readonly vocabulary: Vocabulary;
  readonly level: Config["level"];
}

/** The network of a finished run as it was after its best epoch. @throws UserError for a run without one. */
export function loadNetwork(runFolder: string): SavedNetwork {
  const path = join(runFolder, "model", "model.safetensors");
  if (!existsSync(path))
    throw new UserError(`${path}: expected the network of a finished run, found none (stopped early? train --resume)`);
  const { config } = readJson(join(runFolder, "config.json")) as { config: Config };
  const vocabulary = restoreVocabulary(readJson(join(runFolder, "vocabulary.json")) as SavedVocabulary);
  const sizes = { ...config, ...planOf(config), dropout: 0, vocabularySize: vocabulary.tokens.length };
  const network = createNetwork(sizes, createRandom(0));
  const { tensors } = readSafetensors(path);
  const arrays = Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data]));
  saveable(network.variables).restore({ arrays, json: { dropoutSteps: [] } });
  return { network, vocabulary, level: config.level };
}

export interface FinishedRun {
  readonly name: string;
  readonly folder: string;
  readonly config: Config;
  readonly seed: number;
  /** Nats per token, the least of its epochs. */
  readonly validationLoss: number;
  readonly testPerplexity: number;
  readonly seconds: number;
}

/** Every finished run, the oldest first. */
export function finishedRuns(outFolder: string, validationLossOf: (folder: string) => number): FinishedRun[] {
  return listRuns(outFolder, "text-generation").flatMap((name) => {
    const folder = join(outFolder, "text-generation", name);
    if (!existsSync(join(folder, "summary.json"))) return [];
    const { status, metrics, seconds } = readSummary(folder);
    if (status !== "finished" || metrics["test/perplexity"] === undefined) return [];
    const { config, seed } = readJson(join(folder, "config.json")) as { config: Config; seed: number };
    const row = { name, folder, config, seed, seconds, testPerplexity: metrics["test/perplexity"] };
    return [{ ...row, validationLoss: validationLossOf(folder) }];
  });
}

/** A run by name, or the latest. @throws UserError if there is none. */
export const findRun = (outFolder: string, name: string | undefined) =>
  findRunFolder(outFolder, "text-generation", name ?? "latest");

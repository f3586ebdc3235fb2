import { existsSync } from "node:fs";
import { join } from "node:path";
import { createRandom, UserError } from "@course/core";
import { restoreVocabulary, type SavedVocabulary, type Vocabulary } from "@course/data";
import { saveable } from "@course/tf";
import { readJson, readRunSettings, readSafetensors } from "@course/train";
import { type Config, planOf, config as settings } from "../src/config.ts";
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
  const { config } = readRunSettings(runFolder, settings);
  const vocabulary = restoreVocabulary(readJson(join(runFolder, "vocabulary.json")) as SavedVocabulary);
  const sizes = { ...config, ...planOf(config), dropout: 0, vocabularySize: vocabulary.tokens.length };
  const network = createNetwork(sizes, createRandom(0));
  const { tensors } = readSafetensors(path);
  const arrays = Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data]));
  saveable(network.variables).restore({ arrays, json: { dropoutSteps: [] } });
  return { network, vocabulary, level: config.level };
}

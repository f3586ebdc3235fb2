import { join } from "node:path";
import { loadModel, saveModel, type tf } from "@course/tf";
import type { Architecture } from "./config.ts";
import { buildCnn } from "./model.ts";

export interface Network {
  readonly model: tf.LayersModel;
  readonly classes: readonly string[];
  /** What it was trained on. */
  readonly dataset: string;
}

/**
 * Saves the network as `model/` in the run folder, in TensorFlow.js's own format. Dropout is for
 * training only, and its layer is not TensorFlow.js's: without it any of its programs can load the folder.
 */
export async function saveNetwork(network: Network, architecture: Architecture, runFolder: string): Promise<void> {
  const { model, classes, dataset } = network;
  const plain = buildCnn({ ...architecture, dropout: 0 }, 0);
  plain.setUserDefinedMetadata({ classes, dataset });
  // #solution 4.2 give the plain model the model's weights (setWeights), then saveModel it
  plain.setWeights(model.getWeights());
  await saveModel(plain, join(runFolder, "model"));
  // #end
  plain.dispose();
}

/** The caller disposes the model. @throws UserError if the run has no network, or a damaged one. */
export async function loadNetwork(runFolder: string): Promise<Network> {
  const model = await loadModel(join(runFolder, "model"));
  return { model, ...(model.getUserDefinedMetadata() as Omit<Network, "model">) };
}

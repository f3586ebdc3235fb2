import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "@course/core";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

export const MODEL_FILE = "model.json";
export const WEIGHTS_FILE = "weights.bin";

/**
 * Saves a model as a folder in TensorFlow.js's own format, model.json and weights.bin, which
 * `tf.loadLayersModel` reads on every platform. The folder appears whole or not at all: it is
 * written beside its place and renamed, and replaces an earlier model there.
 *
 * @throws UserError if `folder` holds something that is not a model.
 */
export async function saveModel(model: LayersModel, folder: string): Promise<void> {
  const target = resolve(folder);
  await assertReplaceable(target);
  const temporary = `${target}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    await model.save(tf.io.withSaveHandler((artifacts) => writeArtifacts(temporary, artifacts)));
    await replaceFolder(temporary, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function writeArtifacts(folder: string, artifacts: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> {
  const { weightData, weightSpecs, ...topology } = artifacts;
  const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
  const json = {
    ...topology,
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weightSpecs ?? [] }],
    weightsSha256: createHash("sha256").update(weights).digest("hex"), // TensorFlow.js ignores it; loadModel does not
  };
  await writeSynced(join(folder, WEIGHTS_FILE), weights);
  await writeSynced(join(folder, MODEL_FILE), `${JSON.stringify(json)}\n`);
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
}

async function writeSynced(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function replaceFolder(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const old = `${to}.${process.pid}.old.tmp`;
  if (existsSync(to)) await rename(to, old);
  await rename(from, to);
  await rm(old, { recursive: true, force: true });
}

async function assertReplaceable(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const entries = await readdir(folder);
  if (entries.length === 0 || entries.includes(MODEL_FILE)) return;
  throw new UserError(
    `saveModel: ${folder} holds ${entries.length} files but no ${MODEL_FILE}: it is not replaced by a model, choose another folder`,
  );
}

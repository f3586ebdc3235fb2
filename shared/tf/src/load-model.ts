import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "@course/core";
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { fuseModel } from "./layers/fuse-model.ts";
import { MODEL_FILE } from "./save-model.ts";

export interface LoadModelOptions {
  /** What the caller will feed, batch included; null accepts any size: [null, 28, 28, 1]. */
  readonly inputShape?: readonly (number | null)[];
  /** What the caller expects back: [null, 10]. */
  readonly outputShape?: readonly (number | null)[];
}

type SavedJson = tf.io.ModelJSON & { readonly weightsSha256?: string };

/**
 * Loads a model from a folder that saveModel, TensorFlow.js or its converters wrote (layers model).
 * The caller disposes it.
 *
 * @throws UserError if a file is missing or damaged, or the model has another shape than asked for.
 */
export async function loadModel(folder: string, options: LoadModelOptions = {}): Promise<LayersModel> {
  const place = resolve(folder);
  const artifacts = await readArtifacts(place);
  const model = await build(place, artifacts);
  try {
    assertModelShape(place, "input", model.inputs[0]!.shape, options.inputShape);
    assertModelShape(place, "output", model.outputs[0]!.shape, options.outputShape);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

/**
 * Loads the weights of a saved model into `model`, which must have the same layers.
 *
 * @throws UserError that names the first weight whose shape differs.
 */
export async function loadWeights(model: LayersModel, folder: string): Promise<void> {
  const place = resolve(folder);
  const saved = await build(place, await readArtifacts(place));
  try {
    const values = saved.getWeights();
    if (values.length !== model.weights.length) {
      throw new UserError(
        `${place}: expected ${model.weights.length} weight arrays, received ${values.length} (saved by a model with other layers?)`,
      );
    }
    model.weights.forEach((weight, i) => {
      assertModelShape(place, `weight ${weight.originalName}`, values[i]!.shape, weight.shape);
    });
    model.setWeights(values);
  } finally {
    saved.dispose();
  }
}

async function build(place: string, artifacts: tf.io.ModelArtifacts): Promise<LayersModel> {
  try {
    return fuseModel(await loadLayersModel(tf.io.fromMemory(artifacts)));
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ");
    throw new UserError(`${join(place, MODEL_FILE)}: TensorFlow.js cannot build this model: ${reason}`, { cause });
  }
}

async function readArtifacts(place: string): Promise<tf.io.ModelArtifacts> {
  const json = parseModelJson(join(place, MODEL_FILE), (await read(join(place, MODEL_FILE))).toString("utf8"));
  const paths = json.weightsManifest.flatMap((group) => group.paths);
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  const data = Buffer.concat(await Promise.all(paths.map((path) => read(join(place, path)))));
  assertWeights(join(place, paths[0] ?? "weights"), data, { weightSpecs, sha256: json.weightsSha256 });
  return tf.io.getModelArtifactsForJSONSync(json, weightSpecs, Uint8Array.from(data).buffer);
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UserError(
      `${file}: cannot be read (${(cause as NodeJS.ErrnoException).code}): expected a folder that saveModel wrote, with ${MODEL_FILE} and its weights`,
      { cause },
    );
  }
}

function parseModelJson(file: string, text: string): SavedJson {
  let json: Partial<SavedJson> | null;
  try {
    json = JSON.parse(text) as Partial<SavedJson> | null;
  } catch (cause) {
    throw new UserError(`${file}: not JSON (${(cause as Error).message}): cut off or damaged?`, { cause });
  }
  if (json?.modelTopology && Array.isArray(json.weightsManifest)) return json as SavedJson;
  throw new UserError(`${file}: expected modelTopology and weightsManifest, as a TensorFlow.js layers model has them`);
}

function assertWeights(
  file: string,
  data: Buffer,
  { weightSpecs, sha256 }: { weightSpecs: tf.io.WeightsManifestEntry[]; sha256: string | undefined },
): void {
  const bytes = weightSpecs.reduce((sum, spec) => sum + byteLength(spec), 0);
  if (data.length !== bytes) {
    throw new UserError(`${file}: expected ${bytes} bytes, received ${data.length} (copied incompletely?)`);
  }
  if (sha256 !== undefined && createHash("sha256").update(data).digest("hex") !== sha256) {
    throw new UserError(`${file}: its content has another SHA-256 than when it was saved (damaged?)`);
  }
}

function byteLength({ shape, dtype, quantization }: tf.io.WeightsManifestEntry): number {
  return tf.util.sizeFromShape(shape) * tf.util.bytesPerElement((quantization?.dtype ?? dtype) as tf.DataType);
}

type Sizes = readonly (number | null)[];

function assertModelShape(place: string, what: string, received: Sizes, expected: Sizes | undefined): void {
  if (!expected) return;
  const matches = expected.length === received.length && expected.every((s, i) => s === null || s === received[i]);
  if (matches) return;
  const text = (shape: Sizes) => `[${shape.map((size) => size ?? "any").join(", ")}]`;
  throw new UserError(
    `${place}: ${what}: expected shape ${text(expected)}, received ${text(received)} (another model?)`,
  );
}

import { UserError } from "@course/core";
import type { ImageSet } from "@course/data";
import { loadModel, type tf } from "@course/tf";

export interface Network {
  readonly model: tf.LayersModel;
  readonly classes: readonly string[];
  /** What it was trained on. */
  readonly dataset: string;
}

/**
 * A saved network. The caller disposes the model.
 *
 * @throws UserError if there is none, or one that gives no logits, one of each class, for images of one size, grey or in
 *   colour.
 */
export async function openNetwork(folder: string): Promise<Network> {
  const model = await loadModel(folder);
  const [input, output] = [model.inputs[0]!.shape, model.outputs[0]!.shape];
  const metadata = model.getUserDefinedMetadata() as Partial<Omit<Network, "model">> | undefined;
  const refuse = (received: string) => {
    model.dispose();
    return new UserError(
      `${folder}: expected a network that gives logits of classes for an image, received ${received}`,
    );
  };
  const text = (shape: readonly (number | null)[]) => `[${shape.map((each) => each ?? "any").join(", ")}]`;
  const [, height, width, channels] = input;
  const isImage = input.length === 4 && height && width && (channels === 1 || channels === 3);
  if (!isImage || output.length !== 2) throw refuse(`${text(input)} → ${text(output)}`);
  const last = model.outputs[0]!.sourceLayer;
  if (last.getClassName() === "Softmax" || last.getConfig().activation === "softmax")
    throw refuse("probabilities (its last layer is a softmax: save it without)");
  const classes = metadata?.classes ?? Array.from({ length: output[1]! }, (_, i) => String(i));
  if (classes.length !== output[1])
    throw refuse(`${output[1]} outputs for ${classes.length} classes (a network that finds boxes?)`);
  return { model, classes, dataset: metadata?.dataset ?? "" };
}

/** @throws UserError for a network that was trained on other data, if it says on which. */
export function assertTrainedOn({ dataset }: Network, asked: string): void {
  if (dataset === "" || dataset === asked) return;
  throw new UserError(
    `model: expected one trained on ${asked}, received one of ${dataset} (give its own data with --dataset; for pictures there is explain)`,
  );
}

/**
 * Numbers instead of names, as of a network that was saved without any, stand for the data's classes.
 *
 * @throws UserError unless the network takes the data's images, and answers with their classes.
 */
export function assertFits({ model, classes }: Network, data: Pick<ImageSet, "shape" | "classes">): void {
  const named = classes.map((name, i) => (name === String(i) ? (data.classes[i] ?? name) : name));
  const text = (size: readonly (number | null)[], names: readonly string[]) =>
    `images [${size.map((each) => each ?? "any").join(", ")}] → ${names.length} classes (${names.join(", ")})`;
  const expected = text(data.shape.slice(1), data.classes);
  const received = text(model.inputs[0]!.shape.slice(1), named);
  if (expected !== received)
    throw new UserError(`model: expected ${expected}, received ${received} (trained on other data?)`);
}

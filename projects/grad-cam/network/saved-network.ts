import { UserError } from "@course/core";
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
 * @throws UserError if there is none, or one that gives no logits of classes for images.
 */
export async function openNetwork(folder: string, inputShape?: readonly (number | null)[]): Promise<Network> {
  const model = await loadModel(folder, inputShape ? { inputShape: [null, ...inputShape] } : {});
  const output = model.outputs[0]!.shape;
  const metadata = model.getUserDefinedMetadata() as Partial<Omit<Network, "model">> | undefined;
  const refuse = (received: string) => {
    model.dispose();
    return new UserError(
      `${folder}: expected a network that gives logits of classes for an image, received ${received}`,
    );
  };
  if (model.inputs[0]!.shape.length !== 4 || output.length !== 2)
    throw refuse(`[${model.inputs[0]!.shape.join(", ")}] → [${output.join(", ")}]`);
  if (model.layers.at(-1)!.getConfig().activation === "softmax")
    throw refuse("probabilities (its last layer is a softmax: save it without)");
  const classes = metadata?.classes ?? Array.from({ length: output[1]! }, (_, i) => String(i));
  return { model, classes, dataset: metadata?.dataset ?? "" };
}

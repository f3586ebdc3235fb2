import { UserError } from "@course/core";
import { loadModel, type tf } from "@course/tf";

export interface Network {
  readonly model: tf.LayersModel;
  readonly classes: readonly string[];
  /** Of the images that it takes. */
  readonly size: readonly [height: number, width: number];
}

/** The caller disposes the model. @throws UserError if there is none, a damaged one, or one of another project */
export async function openNetwork(folder: string): Promise<Network> {
  const model = await loadModel(folder, { inputShape: [null, null, null, 1], outputShape: [null, null] });
  const { classes = [] } = (model.getUserDefinedMetadata() ?? {}) as { classes?: readonly string[] };
  const [, height, width] = model.inputs[0].shape;
  const [, outputs] = model.outputs[0].shape;
  if (height && width && classes.length > 0 && outputs === 5 + classes.length)
    return { model, classes, size: [height, width] };
  model.dispose();
  throw new UserError(
    `${folder}: expected a network with 5 outputs and one for each class, received ${outputs} outputs, ${classes.length} classes (another project's?)`,
  );
}

import { UserError } from "@course/core";
import { loadModel, type tf } from "@course/tf";
import type { Grid } from "../src/grid.ts";

export interface Detector {
  readonly model: tf.LayersModel;
  readonly grid: Grid;
  readonly classes: readonly string[];
}

/** A run's network; the caller disposes the model. @throws UserError if there is none, or one of another project */
export async function openDetector(folder: string): Promise<Detector> {
  const shapes = { inputShape: [null, null, null, 1], outputShape: [null, null, null, null] };
  const model = await loadModel(folder, shapes);
  const { classes = [] } = (model.getUserDefinedMetadata() ?? {}) as { classes?: readonly string[] };
  const [, height, width] = model.inputs[0].shape;
  const [, rows, columns, outputs] = model.outputs[0].shape;
  if (height && width && rows && columns && classes.length > 0 && outputs === 5 + classes.length)
    return { model, grid: { rows, columns, height, width }, classes };
  model.dispose();
  throw new UserError(
    `${folder}: expected a detector with 5 outputs and one for each class in a cell, received ${outputs} outputs, ${classes.length} classes (another project's?)`,
  );
}

import { UserError } from "@course/core";
import { loadModel, type tf } from "@course/tf";
import type { Grid } from "../src/grid.ts";

export interface Detector {
  readonly model: tf.LayersModel;
  readonly grid: Grid;
  readonly classes: readonly string[];
}

/**
 * A run's network; the caller disposes the model.
 *
 * @throws UserError if there is none, or one that is no detector of grey images
 */
export async function openDetector(folder: string): Promise<Detector> {
  const model = await loadModel(folder);
  const [input, output] = [model.inputs[0].shape, model.outputs[0].shape];
  const { classes } = (model.getUserDefinedMetadata() ?? {}) as { classes?: readonly string[] };
  const [, height, width, channels] = input;
  const [, rows, columns, depth] = output;
  if (input.length === 4 && channels === 1 && output.length === 4 && classes && depth === 5 + classes.length)
    return { model, grid: { rows: rows!, columns: columns!, height: height!, width: width! }, classes };
  model.dispose();
  const shape = (sizes: readonly (number | null)[]) => `[${sizes.map((size) => size ?? "any").join(", ")}]`;
  throw new UserError(
    `${folder}: expected a detector, images [any, height, width, 1] → [any, rows, columns, 5 + classes] and the names of its classes, received ${shape(input)} → ${shape(output)} (another project's model?)`,
  );
}

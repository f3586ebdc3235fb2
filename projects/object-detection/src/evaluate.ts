import { batches, gatherScenes, type Scenes } from "@course/data";
import type { Box } from "@course/metrics";
import { tf } from "@course/tf";
import type { Grid } from "./grid.ts";
import { decodeBoxes } from "./loss.ts";
import { type Detection, suppress } from "./suppress.ts";

export interface DetectOptions {
  readonly grid: Grid;
  /** Boxes that score below are left out; mAP wants nearly all, a picture only the sure ones. */
  readonly scoreThreshold: number;
  /** Of two boxes of one class that overlap by more, the better one stays. */
  readonly iouThreshold: number;
}

export const FOR_METRICS = { scoreThreshold: 0.01, iouThreshold: 0.5 } as const;
/** Below ½: where a centre lies near a line between cells, both are in doubt; suppression leaves one of their boxes. */
export const FOR_PICTURES = { scoreThreshold: 0.3, iouThreshold: 0.5 } as const;

/**
 * One cell's outputs, decoded → a detection: its best class, and how sure it is of object and class.
 *
 * @param cell [has-object's probability, xMin, yMin, xMax, yMax, the classes' probabilities]
 */
export function readCell(cell: readonly number[], { height, width }: Grid): Detection {
  const [hasObject, xMin, yMin, xMax, yMax, ...probabilities] = cell;
  // #solution 4.1 label: the most probable class; score: product of both probabilities; box: cut off at the image's edge
  const best = Math.max(...probabilities);
  const inside = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const box: Box = [inside(xMin, width), inside(yMin, height), inside(xMax, width), inside(yMax, height)];
  return { box, label: probabilities.indexOf(best), score: hasObject * best };
  // #end
}

/** What the network finds in every scene, 250 at a time to bound the memory; the last batch is what is left. */
export function detect(
  model: tf.LayersModel,
  scenes: Pick<Scenes, "images" | "shape">,
  options: DetectOptions,
): Detection[][] {
  const { grid, scoreThreshold, iouThreshold } = options;
  const [count, height, width] = scenes.shape;
  const cells = [...batches(count, 250)].flatMap((indices) =>
    tf.tidy(() => {
      const images = tf.tensor4d(gatherScenes(scenes as Scenes, indices), [indices.length, height, width, 1]);
      const outputs = model.apply(images) as tf.Tensor4D;
      const byCell = tf.reshape(outputs, [indices.length, -1, outputs.shape[3]]);
      const [logit, box, classes] = tf.split(byCell, [1, 4, outputs.shape[3] - 5], 2) as tf.Tensor3D[];
      return tf.concat([tf.sigmoid(logit), decodeBoxes(box, grid), tf.softmax(classes)], 2).arraySync() as number[][][];
    }),
  );
  return cells.map((ofScene) => {
    const all = ofScene.map((cell) => readCell(cell, grid));
    return suppress(
      all.filter(({ score }) => score >= scoreThreshold),
      iouThreshold,
    );
  });
}

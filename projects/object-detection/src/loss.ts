import { tf } from "@course/tf";
import { type Grid, TARGET_LENGTH } from "./grid.ts";

/** The truth about a batch, cell by cell; `boxes` and `labels` of empty cells are not read. */
export interface Targets {
  readonly hasObject: tf.Tensor2D; // [batch, cells] 0 or 1
  readonly boxes: tf.Tensor3D; // [batch, cells, 4] corners in pixels
  readonly labels: tf.Tensor2D; // [batch, cells] class ids, int32
}

const LARGEST = 2; // of a side's output: e² cells are more than the image, and exp cannot overflow

/** Whether a side can be answered, of an image whose side has so many cells: from e⁻² to e² of them. */
export const canGiveSide = (side: number, whole: number, cells: number) =>
  Math.abs(Math.log((side / whole) * cells)) <= LARGEST;

/** [cells, 2]: column and row of each cell. */
const cellPlaces = ({ rows, columns }: Grid) =>
  tf.tensor2d(Array.from({ length: rows * columns }, (_, cell) => [cell % columns, Math.floor(cell / columns)]));

/** Targets [batch, rows, columns, 6] flat, as `buildGrid` makes them → tensors; the caller disposes them. */
export function targetsOf(flat: Float32Array, grid: Grid): Targets {
  const cells = grid.rows * grid.columns;
  return tf.tidy(() => {
    const parts = tf.split(
      tf.tensor3d(flat, [flat.length / cells / TARGET_LENGTH, cells, TARGET_LENGTH]),
      [1, 2, 2, 1],
      2,
    );
    const [hasObject, centres, sides, labels] = parts as tf.Tensor3D[];
    const squeeze = (x: tf.Tensor) => tf.squeeze<tf.Tensor2D>(x, [2]);
    return { hasObject: squeeze(hasObject), boxes: corners(centres, sides, grid), labels: squeeze(labels).toInt() };
  }) as unknown as Targets;
}

/** Local centres and sides [batch, cells, 2] → corners [batch, cells, 4] in pixels. */
function corners(centres: tf.Tensor, sides: tf.Tensor, grid: Grid): tf.Tensor3D {
  const cellSize = [grid.width / grid.columns, grid.height / grid.rows];
  const centre = tf.mul(tf.add(centres, cellPlaces(grid)), cellSize);
  const half = tf.div(tf.mul(sides, cellSize), 2);
  return tf.concat([tf.sub(centre, half), tf.add(centre, half)], 2) as tf.Tensor3D;
}

/**
 * What the network says about boxes → corners [batch, cells, 4] in pixels. An output of 0 is the cell's middle
 * and a side as long as the cell's; 1 more moves the centre by a cell, or makes the side e times as long.
 *
 * @param outputs [batch, cells, 4]: centre x, centre y, width, height
 */
export function decodeBoxes(outputs: tf.Tensor3D, grid: Grid): tf.Tensor3D {
  // #solution 3.1 local centre = output + 0.5; local side = exp(output), clipped to ±LARGEST first; then corners()
  const [centres, sides] = tf.split(outputs, 2, 2);
  return corners(tf.add(centres, 0.5), tf.exp(tf.clipByValue(sides, -LARGEST, LARGEST)), grid);
  // #end
}

/** Binary cross-entropy of logits: max(z, 0) − z·y + log(1 + exp(−|z|)), which no z overflows. Both [batch, cells]. */
export function objectLoss(logits: tf.Tensor2D, hasObject: tf.Tensor2D): tf.Tensor2D {
  // #solution 3.2 the formula above, for each cell
  const softplus = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
  return tf.relu(logits).sub(tf.mul(logits, hasObject)).add(softplus);
  // #end
}

/**
 * 1 − GIoU (Rezatofighi et al., 2019, algorithm 1), and the mean error of a corner's coordinate in units of 10
 * pixels, which pulls at any distance. Corners a and b [batch, cells, 4] → [batch, cells].
 */
export function boxLoss(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor2D {
  const [aMin, aMax] = tf.split(a, 2, 2);
  const [bMin, bMax] = tf.split(b, 2, 2);
  const area = (min: tf.Tensor, max: tf.Tensor) => tf.prod(tf.relu(tf.sub(max, min)), 2); // [batch, cells]
  const over = (part: tf.Tensor, whole: tf.Tensor) => tf.div(part, tf.maximum(whole, 1e-6));
  // #solution 3.3 intersection, union and hull; GIoU = IoU − (hull − union) / hull; then 1 − GIoU + mean |a − b| / 10
  const intersection = area(tf.maximum(aMin, bMin), tf.minimum(aMax, bMax));
  const union = area(aMin, aMax).add(area(bMin, bMax)).sub(intersection);
  const hull = area(tf.minimum(aMin, bMin), tf.maximum(aMax, bMax));
  const giou = over(intersection, union).sub(over(hull.sub(union), hull));
  const pixels = tf.mean(tf.abs(tf.sub(a, b)), 2);
  return tf.sub(1, giou).add(tf.div(pixels, 10)) as tf.Tensor2D;
  // #end
}

export type LossTerms = Readonly<Record<"object" | "box" | "class", tf.Scalar>>;

/**
 * The loss's terms, each summed over the cells of a scene, the mean over scenes: has-object of all cells; box
 * and class of cells with an object.
 *
 * @param outputs [batch, rows, columns, 5 + classes]: has-object's logit, the box, the classes' logits
 */
export function lossTerms(outputs: tf.Tensor4D, { hasObject, boxes, labels }: Targets, grid: Grid): LossTerms {
  const [batch, rows, columns, depth] = outputs.shape;
  const numClasses = depth - 5;
  const byCell = tf.reshape(outputs, [batch, rows * columns, depth]);
  const [logit, box, classes] = tf.split(byCell, [1, 4, numClasses], 2) as tf.Tensor3D[];
  // #solution 3.4 the three terms: box and class losses times hasObject; sums over cells, the mean over the batch
  const total = (losses: tf.Tensor) => tf.mean<tf.Scalar>(tf.sum(losses, 1));
  const crossEntropy = tf.neg(tf.sum(tf.mul(tf.oneHot(labels, numClasses), tf.logSoftmax(classes)), 2));
  return {
    object: total(objectLoss(tf.squeeze(logit, [2]), hasObject)),
    box: total(tf.mul(boxLoss(decodeBoxes(box, grid), boxes), hasObject)),
    class: total(tf.mul(crossEntropy, hasObject)),
  };
  // #end
}

import type { Scenes } from "@course/data";
import { tf } from "@course/tf";
import { decodeBoxes, type ImageSize } from "./boxes.ts";

/** The truth about a batch; the rows of an empty scene are 0 and count for has-object only. */
export interface Targets {
  readonly hasObject: tf.Tensor1D; // [batch] 0 or 1
  readonly boxes: tf.Tensor2D; // [batch, 4] corners in pixels
  readonly labels: tf.Tensor1D; // [batch] class ids, int32
}

/** The caller disposes them. */
export function targetsOf({ objects }: Pick<Scenes, "objects">, indices: ArrayLike<number>): Targets {
  const found = Array.from(indices, (i) => objects[i][0]);
  return {
    hasObject: tf.tensor1d(found.map((object) => Number(object !== undefined))),
    boxes: tf.tensor2d(found.map((object) => [...(object?.box ?? [0, 0, 0, 0])])),
    labels: tf.tensor1d(
      found.map((object) => object?.label ?? 0),
      "int32",
    ),
  };
}

/** Binary cross-entropy of logits: max(z, 0) − z·y + log(1 + exp(−|z|)), which no z overflows. Both [batch]. */
export function objectLoss(logits: tf.Tensor1D, hasObject: tf.Tensor1D): tf.Tensor1D {
  // #solution 3.1 the formula above, for each scene
  const softplus = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
  return tf.relu(logits).sub(tf.mul(logits, hasObject)).add(softplus);
  // #end
}

/**
 * Generalised IoU of boxes a and b [batch, 4] → [batch] in (−1, 1] (Rezatofighi et al., 2019, algorithm 1).
 * Unlike IoU it also grows where the boxes do not overlap yet. Where both are empty it is 0.
 */
export function giou(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor1D {
  const [aMin, aMax] = tf.split(a, 2, 1);
  const [bMin, bMax] = tf.split(b, 2, 1);
  const area = (min: tf.Tensor, max: tf.Tensor) => tf.prod(tf.relu(tf.sub(max, min)), 1); // [batch]
  // #solution 3.2 intersection, union and hull, then IoU − (hull − union) / hull; divide by at least 1e-6
  const intersection = area(tf.maximum(aMin, bMin), tf.minimum(aMax, bMax));
  const union = area(aMin, aMax).add(area(bMin, bMax)).sub(intersection);
  const hull = area(tf.minimum(aMin, bMin), tf.maximum(aMax, bMax));
  const over = (part: tf.Tensor, whole: tf.Tensor) => tf.div(part, tf.maximum(whole, 1e-6));
  return over(intersection, union).sub(over(hull.sub(union), hull)) as tf.Tensor1D;
  // #end
}

/** How wrong each box is [batch], from predicted and true corners [batch, 4] in pixels of images of this size. */
export const BOX_LOSSES = {
  /** The course's: squared errors of the corners as fractions of the image's sides, their mean. */
  mse(predicted: tf.Tensor2D, actual: tf.Tensor2D, [height, width]: ImageSize): tf.Tensor1D {
    return tf.mean(tf.square(tf.div(tf.sub(predicted, actual), [width, height, width, height])), 1);
  },
  /** 1 − GIoU, and the mean error of a corner's coordinate in units of 10 pixels, which pulls at any distance. */
  giou(predicted: tf.Tensor2D, actual: tf.Tensor2D): tf.Tensor1D {
    const pixels = tf.mean(tf.abs(tf.sub(predicted, actual)), 1);
    return tf.sub(1, giou(predicted, actual)).add(tf.div(pixels, 10)) as tf.Tensor1D;
  },
};

export interface LossOptions {
  readonly boxLoss: keyof typeof BOX_LOSSES;
  readonly size: ImageSize;
}

/**
 * The loss's terms, each a mean over the batch: has-object of all scenes; box and class of scenes with
 * an object, 0 for the others.
 *
 * @param outputs [batch, 5 + classes]: has-object's logit, the box, the classes' logits
 */
export function lossTerms(
  outputs: tf.Tensor2D,
  { hasObject, boxes, labels }: Targets,
  { boxLoss, size }: LossOptions,
): Record<"object" | "box" | "class", tf.Scalar> {
  const numClasses = outputs.shape[1] - 5;
  const [logit, box, classes] = tf.split(outputs, [1, 4, numClasses], 1) as tf.Tensor2D[];
  // #solution 3.3 the three terms; multiply box and class losses by hasObject before taking the mean
  const object: tf.Scalar = tf.mean(objectLoss(tf.squeeze(logit, [1]), hasObject));
  const overObjects = (losses: tf.Tensor): tf.Scalar => tf.mean(tf.mul(losses, hasObject));
  const boxTerm = overObjects(BOX_LOSSES[boxLoss](decodeBoxes(box, size), boxes, size));
  const crossEntropy = tf.neg(tf.sum(tf.mul(tf.oneHot(labels, numClasses), tf.logSoftmax(classes)), 1));
  return { object, box: boxTerm, class: overObjects(crossEntropy) };
  // #end
}

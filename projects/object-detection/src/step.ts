import { tf } from "@course/tf";
import type { Grid } from "./grid.ts";
import { lossTerms, type Targets } from "./loss.ts";

export interface Batch {
  readonly images: tf.Tensor4D; // [batch, height, width, 1] in [0, 1]
  readonly targets: Targets;
  readonly grid: Grid;
}

export interface StepOptions {
  /** Of the boxes' term in the loss. */
  readonly boxWeight: number;
}

/** The loss and its terms, unweighted, as they are logged: means over the batch. */
export type StepLosses = Readonly<Record<"loss" | "object" | "box" | "class", number>>;

/**
 * One update of the model's weights from one batch, by the loss object + boxWeight · box + class; returns the losses
 * before it. Leaves no tensor behind.
 */
export function trainStep(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  { images, targets, grid }: Batch,
  { boxWeight }: StepOptions,
): StepLosses {
  // #solution 3.5 in a tf.tidy: minimize the weighted sum of the terms of model.apply(images, { training: true }); return all four
  return tf.tidy(() => {
    let losses: StepLosses = { loss: Number.NaN, object: Number.NaN, box: Number.NaN, class: Number.NaN };
    const sumOfTerms = () => {
      const terms = lossTerms(model.apply(images, { training: true }) as tf.Tensor4D, targets, grid);
      const loss = terms.object.add(terms.box.mul(boxWeight)).add(terms.class) as tf.Scalar;
      const [value, object, box, classTerm] = [loss, terms.object, terms.box, terms.class].map((t) => t.dataSync()[0]);
      losses = { loss: value, object, box, class: classTerm };
      return loss;
    };
    optimizer.minimize(sumOfTerms, false, model.getWeights(true) as tf.Variable[]);
    return losses;
  });
  // #end
}

import { tf } from "@course/tf";
import { type LossOptions, lossTerms, type Targets } from "./loss.ts";

export interface Batch {
  readonly images: tf.Tensor4D; // [batch, height, width, 1] in [0, 1]
  readonly targets: Targets;
}

/** The loss and its terms as they are logged: means over the batch. */
export type StepLosses = Readonly<Record<"loss" | "object" | "box" | "class", number>>;

/** One update of the model's weights from one batch; returns the losses before it. Leaves no tensor behind. */
export function trainStep(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  { images, targets, ...options }: Batch & LossOptions,
): StepLosses {
  // #solution 3.4 in a tf.tidy: minimize the sum of the three terms of model.apply(images, { training: true }); read all four
  return tf.tidy(() => {
    let losses: number[] = [];
    const sumOfTerms = () => {
      const outputs = model.apply(images, { training: true }) as tf.Tensor2D;
      const terms = lossTerms(outputs, targets, options);
      const sum = terms.object.add(terms.box).add(terms.class) as tf.Scalar;
      losses = [sum, terms.object, terms.box, terms.class].map((term) => term.dataSync()[0]);
      return sum;
    };
    optimizer.minimize(sumOfTerms, false, model.getWeights(true) as tf.Variable[]);
    const [loss, object, box, classTerm] = losses;
    return { loss, object, box, class: classTerm };
  });
  // #end
}

import { tf } from "@course/tf";

/** A model and the batch that it is trained on, again and again. */
export interface StepNetwork {
  readonly model: tf.Sequential;
  readonly x: tf.Tensor;
  /** One-hot labels [examples, classes], one row for each row of logits. */
  readonly labels: tf.Tensor2D;
}

/** Classes as rows of zeros with a one: [classes.length, count]. */
export function oneHot(classes: readonly number[], count: number): tf.Tensor2D {
  return tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d([...classes], "int32"), count), "float32") as tf.Tensor2D);
}

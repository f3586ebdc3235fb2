import { tf } from "@course/tf";
import type { Model } from "./models.ts";

export interface Batch {
  /** [batch, 2 · context] rows of the table. */
  readonly contexts: Int32Array;
  /** [batch] classes. */
  readonly labels: Uint8Array;
}

/** contexts [batch · width] → vectors [batch, width, dimension] */
export function lookUp(table: tf.Tensor2D, contexts: Int32Array, batch: number): tf.Tensor3D {
  const rows = tf.tensor2d(contexts, [batch, contexts.length / batch], "int32");
  return tf.gather(table as tf.Tensor, rows) as tf.Tensor3D;
}

export interface Training {
  readonly model: Model;
  readonly optimizer: tf.Optimizer;
  readonly table: tf.Tensor2D;
}

/** One update of the model from one batch; returns the cross-entropy before it, in nats. */
export function trainStep({ model, optimizer, table }: Training, { contexts, labels }: Batch, step: number): number {
  // #solution 3.1 in tf.tidy: look up, then minimize the mean cross-entropy of the logits; only the model's variables
  return tf.tidy(() => {
    const x = lookUp(table, contexts, labels.length);
    const loss = () => {
      const logits = model.logits(x, step);
      const oneHot = tf.oneHot(tf.tensor1d(Int32Array.from(labels), "int32"), logits.shape[1]);
      return tf.losses.softmaxCrossEntropy(oneHot, logits) as tf.Scalar;
    };
    return optimizer.minimize(loss, true, [...model.variables])!.dataSync()[0];
  });
  // #end
}

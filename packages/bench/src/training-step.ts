import { tf } from "@course/tf";
import type { StepNetwork } from "./step-batch.ts";

/** Softmax cross-entropy, its gradient and an update; returns the loss before it. Leaves no tensor behind. */
export function trainingStep({ model, x, labels }: StepNetwork, optimizer: tf.Optimizer): () => number {
  const loss = () =>
    tf.losses.softmaxCrossEntropy(
      labels,
      tf.reshape(model.apply(x, { training: true }) as tf.Tensor, labels.shape),
    ) as tf.Scalar;
  return () => tf.tidy(() => optimizer.minimize(loss, true)!.dataSync()[0]!);
}

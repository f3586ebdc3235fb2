import type { Labels } from "@course/data";
import { tf } from "@course/tf";

/**
 * Softmax and cross-entropy in one, the mean over the batch in nats. Smoothing ε replaces the
 * one-hot labels by (1 − ε) · label + ε / numClasses (Szegedy et al., 2016, section 7).
 *
 * @param logits [batch, numClasses]; not probabilities, which a second softmax would flatten
 * @param labels [batch] class ids
 */
export function crossEntropy(logits: tf.Tensor2D, labels: Labels, smoothing: number): tf.Scalar {
  // #solution 3.1 labels → one-hot, then the loss of tf.losses that takes logits and smooths
  const oneHot = tf.oneHot(tf.tensor1d(Int32Array.from(labels), "int32"), logits.shape[1]);
  return tf.losses.softmaxCrossEntropy(oneHot, logits, undefined, smoothing);
  // #end
}

interface Step {
  readonly images: tf.Tensor4D; // [batch, height, width, channels] in [0, 1]; the caller disposes them
  readonly labels: Labels; // [batch]
  readonly smoothing: number;
}

/** One update of the model from one batch; returns the loss before it. */
export function trainStep(model: tf.LayersModel, optimizer: tf.Optimizer, { images, labels, smoothing }: Step): number {
  // #solution 3.2 in a tf.tidy: minimize the loss of model.apply(images, { training: true }), return its value
  return tf.tidy(() => {
    const loss = () => crossEntropy(model.apply(images, { training: true }) as tf.Tensor2D, labels, smoothing);
    const weights = model.getWeights(true) as tf.Variable[]; // this model's, and of them those that are trained
    return optimizer.minimize(loss, true, weights)!.dataSync()[0];
  });
  // #end
}

export const OPTIMIZERS = {
  adam: (rate: number): tf.Optimizer => tf.train.adam(rate),
  rmsprop: (rate: number): tf.Optimizer => tf.train.rmsprop(rate, 0.9), // its default averages over 10 steps
  momentum: (rate: number): tf.Optimizer => tf.train.momentum(rate, 0.9),
  sgd: (rate: number): tf.Optimizer => tf.train.sgd(rate),
};

import { batches, gatherImages, type ImageSet } from "@course/data";
import { argmaxRows } from "@course/metrics";
import { tf } from "@course/tf";

export interface Evaluation {
  readonly loss: number; // cross-entropy in nats, the mean over examples
  readonly accuracy: number;
  readonly predicted: Uint32Array; // [count]
  readonly confidence: Float32Array; // [count] the probability of the answer
}

/** The network on every image of the set, 250 at a time to bound the memory. */
export function evaluate(model: tf.LayersModel, set: ImageSet): Evaluation {
  const [count, ...size] = set.shape;
  const [predicted, confidence] = [new Uint32Array(count), new Float32Array(count)];
  let [loss, correct] = [0, 0];
  for (const indices of batches(count, 250)) {
    const { x, y } = gatherImages(set, indices);
    const logits = tf.tidy(() =>
      tf.logSoftmax(model.apply(tf.tensor(x, [y.length, ...size])) as tf.Tensor2D).dataSync<"float32">(),
    );
    const numClasses = logits.length / y.length;
    argmaxRows(logits, numClasses).forEach((label, i) => {
      predicted[indices[i]] = label;
      confidence[indices[i]] = Math.exp(logits[i * numClasses + label]);
      loss -= logits[i * numClasses + y[i]] / count;
      correct += Number(label === y[i]);
    });
  }
  return { loss, accuracy: correct / count, predicted, confidence };
}

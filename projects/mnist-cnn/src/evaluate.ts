import { batches, gatherImages } from "@course/data";
import { argmaxRows } from "@course/metrics";
import { tf } from "@course/tf";
import type { Images } from "./data.ts";

export interface Evaluation {
  /** Cross-entropy in nats, a mean over the examples; without label smoothing. */
  readonly loss: number;
  readonly accuracy: number;
  /** [count] class ids. */
  readonly predicted: Uint32Array;
  /** [count] the probability that the network gave its answer, in (0, 1]. */
  readonly confidence: Float32Array;
}

/** The network on every image of the set, 250 at a time to bound the memory. */
export function evaluate(model: tf.LayersModel, set: Images): Evaluation {
  const [count, ...size] = set.shape;
  const [predicted, confidence] = [new Uint32Array(count), new Float32Array(count)];
  let [totalLoss, correct] = [0, 0];
  for (const indices of batches(count, 250)) {
    const { x, y } = gatherImages(set, indices);
    const logProbabilities = tf.tidy(() =>
      tf.logSoftmax(model.apply(tf.tensor(x, [y.length, ...size])) as tf.Tensor2D).dataSync<"float32">(),
    );
    const numClasses = logProbabilities.length / y.length;
    argmaxRows(logProbabilities, numClasses).forEach((label, i) => {
      predicted[indices[i]] = label;
      confidence[indices[i]] = Math.exp(logProbabilities[i * numClasses + label]);
    });
    // #solution 4.1 add up the loss and the right answers of this batch, image by image: the last batch is smaller
    y.forEach((label, i) => {
      totalLoss -= logProbabilities[i * numClasses + label];
      correct += Number(predicted[indices[i]] === label);
    });
    // #end
  }
  return { loss: totalLoss / count, accuracy: correct / count, predicted, confidence };
}

import { batches, countClasses, type ImageSet } from "@course/data";
import { accuracy, argmaxRows, majorityBaselineAccuracy } from "@course/metrics";
import { toBatch } from "./data.ts";
import { softmax, softmaxCrossEntropy } from "./losses.ts";
import type { Mlp } from "./mlp.ts";

export interface Evaluation {
  /** Cross-entropy in nats, a mean over examples; without the penalties of L1 and L2. */
  readonly loss: number;
  readonly accuracy: number;
  /** [count] class ids. */
  readonly predicted: Uint8Array;
  /** [count] how sure the model was of its answer, in (0, 1]. */
  readonly confidence: Float32Array;
}

const BATCH_SIZE = 500; // bounds the memory

/** The model on every image of the set. */
export function evaluate(model: Mlp, set: ImageSet): Evaluation {
  const count = set.labels.length;
  const [predicted, confidence] = [new Uint8Array(count), new Float32Array(count)];
  let loss = 0;
  for (const indices of batches(count, BATCH_SIZE)) {
    const { x, labels } = toBatch(set, indices);
    const logits = model.forward(x);
    loss += softmaxCrossEntropy(logits, labels).loss * indices.length;
    const [, classes] = logits.shape;
    const probabilities = softmax(logits).data;
    argmaxRows(probabilities, classes).forEach((label, i) => {
      predicted[indices[i]] = label;
      confidence[indices[i]] = probabilities[i * classes + label];
    });
  }
  return { loss: loss / count, accuracy: accuracy(predicted, set.labels), predicted, confidence };
}

/** What rules without a network reach on the test images. */
export function baselines(train: ImageSet, test: ImageSet): Record<string, number> {
  return {
    "majority class": majorityBaselineAccuracy(train.labels, test.labels),
    "nearest mean image": accuracy(nearestMeans(train, test), test.labels),
  };
}

/** Each test image takes the class whose mean training image is nearest. */
function nearestMeans(train: ImageSet, test: ImageSet): Uint8Array {
  const size = train.images.length / train.labels.length;
  const means = train.classes.map(() => new Float64Array(size));
  const counts = countClasses(train.labels, train.classes.length);
  train.labels.forEach((label, i) => {
    for (let p = 0; p < size; p++) means[label][p] += train.images[i * size + p] / counts[label];
  });
  return test.labels.map((_, i) => {
    const image = test.images.subarray(i * size, (i + 1) * size);
    const distances = means.map((mean) => squaredDistance(mean, image));
    return distances.indexOf(Math.min(...distances));
  });
}

function squaredDistance(a: Float64Array, b: Uint8Array): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += (a[p] - b[p]) ** 2;
  return sum;
}

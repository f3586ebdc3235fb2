import { batches, type ImageSet } from "@course/data";
import { accuracy, argmaxRows } from "@course/metrics";
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

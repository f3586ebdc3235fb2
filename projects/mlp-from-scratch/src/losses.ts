import { assertShape } from "@course/core";
import type { Tensor } from "./tensor.ts";

/** A mean over the batch, and its derivative with respect to the network's output [batch, outputs]. */
export interface Loss {
  readonly loss: number;
  readonly gradient: Tensor;
}

/** log Σⱼ exp zⱼ. As exp 1000 overflows: max + log Σⱼ exp(zⱼ − max), which is the same. */
export function logSumExp(z: Tensor["data"]): number {
  // #solution 4.1 return it
  let max = Number.NEGATIVE_INFINITY;
  for (const logit of z) max = Math.max(max, logit);
  let sum = 0;
  for (const logit of z) sum += Math.exp(logit - max);
  return max + Math.log(sum);
  // #end
}

/** Logits z [batch, classes] → probabilities [batch, classes]: log pᵢ = zᵢ − log Σⱼ exp zⱼ in each row. */
export function softmax(logits: Tensor): Tensor {
  const [batch, classes] = logits.shape;
  const probabilities = logits.data.slice();
  for (let i = 0; i < batch; i++) {
    const row = probabilities.subarray(i * classes, (i + 1) * classes); // still the logits
    // #solution 4.2 turn row from z into p
    const normaliser = logSumExp(row);
    for (let j = 0; j < classes; j++) row[j] = Math.exp(row[j] - normaliser);
    // #end
  }
  return { shape: logits.shape, data: probabilities };
}

/**
 * Softmax and cross-entropy in one: the mean of −log p[label], in nats. Finite for any finite
 * logits, which the logarithm of a p that was rounded to 0 is not.
 *
 * @param labels for each row of `logits` [batch, classes] its class, from 0 to classes − 1
 */
export function softmaxCrossEntropy(logits: Tensor, labels: ArrayLike<number>): Loss {
  const [batch, classes] = logits.shape;
  assertShape("softmaxCrossEntropy labels", [labels.length], { batch });
  const gradient = softmax(logits);
  let loss = 0;
  for (let i = 0; i < batch; i++) {
    const z = logits.data.subarray(i * classes, (i + 1) * classes);
    const dz = gradient.data.subarray(i * classes, (i + 1) * classes); // still the probabilities
    // #solution 4.3 add this row's share to loss; turn dz from p into (p − one-hot label) / batch
    loss += (logSumExp(z) - z[labels[i]]) / batch;
    dz[labels[i]] -= 1;
    for (let j = 0; j < classes; j++) dz[j] /= batch;
    // #end
  }
  return { loss, gradient };
}

/** Mean of (output − target)² over all entries of outputs and targets, both [batch, outputs]. */
export function meanSquaredError(outputs: Tensor, targets: Tensor): Loss {
  const [batch, width] = outputs.shape;
  assertShape("meanSquaredError targets", targets.shape, { batch, outputs: width });
  const gradient = outputs.data.slice();
  let loss = 0;
  // #solution 4.4 add up the loss; turn gradient from the outputs into the gradient
  const count = batch * width;
  for (let i = 0; i < count; i++) {
    const difference = outputs.data[i] - targets.data[i];
    loss += difference ** 2 / count;
    gradient[i] = (2 * difference) / count;
  }
  // #end
  return { loss, gradient: { shape: outputs.shape, data: gradient } };
}

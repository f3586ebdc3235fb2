import { batches, rightTokens, type Windows } from "@course/data";
import { tf } from "@course/tf";
import { takeWindows } from "./corpus.ts";
import { hiddenUnits, type Network } from "./network.ts";

export interface Evaluation {
  /** Cross-entropy over all words in nats, a mean over places; perplexity is its exponential. */
  readonly loss: number;
  /** Share of places where the most likely word is the right one; <unk> is never an answer. */
  readonly accuracy: number;
  /** [places] 1 where it is. */
  readonly right: Uint8Array;
}

/** The network on every place, 512 at a time: their logits are what takes memory. */
export function evaluate(network: Network, windows: Windows): Evaluation {
  const count = windows.targets.length;
  const predicted = new Int32Array(count);
  let loss = 0;
  for (const indices of batches(count, 512)) {
    const { contexts, targets } = takeWindows(windows, indices);
    const tensors = tf.tidy(() => {
      const hidden = hiddenUnits(network, tf.tensor2d(contexts, [targets.length, windows.width], "int32"));
      const { embeddings, bias } = network;
      return predictions(tf.fused.matMul({ a: hidden, b: embeddings, transposeB: true, bias }) as tf.Tensor2D, targets);
    });
    const [logProbabilities, answers] = tensors.map((tensor) => tensor.dataSync());
    tf.dispose(tensors);
    // #solution 6.1 add up −log p over the places; answers go to their indices in `predicted`
    for (const [row, index] of indices.entries()) {
      loss -= logProbabilities[row];
      predicted[index] = answers[row];
    }
    // #end
  }
  const right = rightTokens(predicted, windows.targets);
  return { loss: loss / count, accuracy: right.reduce((sum, one) => sum + one, 0) / count, right };
}

/** logits [batch, vocabulary] → [batch] log p of the target, and the likeliest word that is not <unk> (id 0). */
function predictions(logits: tf.Tensor2D, targets: Int32Array): [tf.Tensor, tf.Tensor] {
  const vocabulary = logits.shape[1];
  const places = tf.tensor1d(
    Int32Array.from(targets, (target, row) => row * vocabulary + target),
    "int32",
  );
  const p = tf.softmax(logits);
  const words = p.slice([0, 1]).argMax(1).add(tf.scalar(1, "int32"));
  return [p.flatten().gather(places).log(), words];
}

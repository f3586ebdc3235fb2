import { tf, withGradient } from "@course/tf";

/** A softmax over words on top of hidden units: logits = h·Eᵀ + b. */
export interface Output {
  readonly hidden: tf.Tensor2D; // h [batch, dimension]
  readonly embeddings: tf.Tensor2D; // E [words, dimension]
  readonly bias: tf.Tensor1D; // b [words]
}

/** Mean of −log p[target] over the batch, in nats; p [batch, words] probabilities, targets [batch] ids. */
export function meanLoss(p: tf.Tensor2D, targets: tf.Tensor1D): tf.Scalar {
  // #solution 3.1 pick p of each row's target (gather from the flattened p, at row · words + target), then the mean
  const [batch, words] = p.shape;
  const rows = tf.range(0, batch, 1, "int32").mul(tf.scalar(words, "int32"));
  return p.flatten().gather(rows.add(targets).toInt()).log().mean().neg() as tf.Scalar;
  // #end
}

/**
 * Gradients of the mean loss. With y the one-hot targets, which are never built:
 *
 *     dh = (p·E − y·E) / batch    dE = (pᵀ·h − yᵀ·h) / batch    db = Σ over rows of (p − y) / batch
 *
 * y·E are the targets' rows of E (tf.gather); yᵀ·h adds each row of h to its target's row (tf.unsortedSegmentSum).
 */
export function lossGradients(p: tf.Tensor2D, { hidden, embeddings }: Output, targets: tf.Tensor1D): tf.Tensor[] {
  const [batch, words] = p.shape;
  // #solution 3.2 return [dh, dE, db]
  const dHidden = tf.matMul(p, embeddings).sub(tf.gather(embeddings, targets));
  const dEmbeddings = tf.matMul(p, hidden, true).sub(tf.unsortedSegmentSum(hidden, targets, words));
  const dBias = p.sum(0).sub(tf.unsortedSegmentSum(tf.ones([batch]), targets, words));
  return [dHidden, dEmbeddings, dBias].map((gradient) => gradient.div(batch));
  // #end
}

/** Mean cross-entropy of softmax(h·Eᵀ + b) in nats, one operation with a gradient of its own. */
export function crossEntropy({ hidden, embeddings, bias }: Output, targets: tf.Tensor1D): tf.Scalar {
  const operation = withGradient(
    (h: tf.Tensor2D, E: tf.Tensor2D, b: tf.Tensor1D) => {
      const p = tf.softmax(tf.fused.matMul({ a: h, b: E, transposeB: true, bias: b })) as tf.Tensor2D;
      return { value: meanLoss(p, targets), saved: [h, E, b, p, targets] };
    },
    (dy, hidden, embeddings, bias, p, targets) =>
      lossGradients(p, { hidden, embeddings, bias }, targets).map((gradient) => gradient.mul(dy)),
  );
  return operation(hidden, embeddings, bias);
}

import { tf, withGradient } from "@course/tf";
import { NONE } from "./streams.ts";

/** logits = hidden · outputᵀ + bias */
export interface Output {
  readonly hidden: tf.Tensor2D; // h [n, units]
  readonly output: tf.Tensor2D; // W [vocabulary, units]
  readonly bias: tf.Tensor1D; // b [vocabulary]
}

/**
 * Softmax over all tokens and cross-entropy in one, in nats: the mean over the targets that are not NONE. Three
 * products with W are all that costs; one-hot targets y are never built. With p = softmax(h·Wᵀ + b) and w the
 * weight of a target, 1 / count or 0:
 *
 *     dh = w (p·W − W[target])    dW = pᵀ·(w h) − Σ of w h over each token's targets    db = pᵀ·w − the same of w
 *
 * @param targets [n] ids, or NONE
 */
export function crossEntropy({ hidden, output, bias }: Output, targets: Int32Array): tf.Scalar {
  const size = output.shape[0];
  const count = targets.reduce((sum, target) => sum + Number(target !== NONE), 0);
  const ids = tf.tensor1d(
    targets.map((target) => Math.max(0, target)),
    "int32",
  );
  const weights = tf.tensor2d(
    Float32Array.from(targets, (target) => (target === NONE ? 0 : 1 / count)),
    [targets.length, 1],
  );
  const loss = withGradient(
    (h: tf.Tensor2D, W: tf.Tensor2D, b: tf.Tensor1D) => {
      const p = tf.softmax(tf.fused.matMul({ a: h, b: W, transposeB: true, bias: b }));
      const picked = tf.gatherND(p, tf.stack([tf.range(0, targets.length, 1, "int32"), ids], 1)); // [n] p of each target
      const value = tf.neg(tf.sum(tf.mul(tf.log(tf.add(picked, 1e-30)), weights.flatten()))) as tf.Scalar;
      return { value, saved: [h, W, p, ids, weights] };
    },
    (dy, h, W, p, ids, weights) => {
      const w = tf.mul(weights, dy) as tf.Tensor2D;
      // #solution 3.1 the three gradients above; unsortedSegmentSum(rows, ids, size) adds up the rows of each token
      const wh = tf.mul(h, w) as tf.Tensor2D;
      return [
        tf.mul(tf.sub(tf.matMul(p, W), tf.gather(W, ids)), w), // [n, units]
        tf.sub(tf.matMul(p, wh, true), tf.unsortedSegmentSum(wh, ids, size)), // [vocabulary, units]
        tf.sub(tf.matMul(p, w, true), tf.unsortedSegmentSum(w, ids, size)).flatten(), // [vocabulary]
      ];
      // #end
    },
  );
  return loss(hidden, output, bias);
}

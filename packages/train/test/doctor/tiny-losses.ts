/** Mean over the batch, and its derivative with respect to the outputs [batch, numClasses]. */
export interface TinyLoss {
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** p [batch, numClasses] of logits. */
export function softmax(logits: Float64Array, numClasses: number): Float64Array {
  const p = new Float64Array(logits.length);
  for (let start = 0; start < p.length; start += numClasses) {
    const row = logits.subarray(start, start + numClasses);
    const max = Math.max(...row);
    const normaliser = max + Math.log(row.reduce((sum, z) => sum + Math.exp(z - max), 0));
    for (let j = 0; j < numClasses; j++) p[start + j] = Math.exp(row[j] - normaliser);
  }
  return p;
}

/** Softmax and cross-entropy of logits. */
export function crossEntropy(logits: Float64Array, labels: ArrayLike<number>, numClasses: number): TinyLoss {
  const gradient = softmax(logits, numClasses);
  let loss = 0;
  for (let b = 0; b < labels.length; b++) {
    const index = b * numClasses + labels[b];
    loss -= Math.log(gradient[index]) / labels.length;
    gradient[index] -= 1;
  }
  return { loss, gradient: gradient.map((value) => value / labels.length) };
}

/** The mistake: the model's softmax, and the loss's own on top of it. */
export function doubleSoftmaxCrossEntropy(
  logits: Float64Array,
  labels: ArrayLike<number>,
  numClasses: number,
): TinyLoss {
  const p = softmax(logits, numClasses);
  const { loss, gradient: dp } = crossEntropy(p, labels, numClasses);
  const gradient = new Float64Array(p.length);
  for (let start = 0; start < p.length; start += numClasses) {
    let dot = 0;
    for (let j = 0; j < numClasses; j++) dot += p[start + j] * dp[start + j];
    for (let j = 0; j < numClasses; j++) gradient[start + j] = p[start + j] * (dp[start + j] - dot);
  }
  return { loss, gradient };
}

/** Mean over the batch and over the one-hot targets of the squared difference. */
export function meanSquaredError(outputs: Float64Array, labels: ArrayLike<number>, numClasses: number): TinyLoss {
  const gradient = new Float64Array(outputs.length);
  let loss = 0;
  for (let i = 0; i < outputs.length; i++) {
    const difference = outputs[i] - Number(labels[Math.floor(i / numClasses)] === i % numClasses);
    loss += difference ** 2 / outputs.length;
    gradient[i] = (2 * difference) / outputs.length;
  }
  return { loss, gradient };
}

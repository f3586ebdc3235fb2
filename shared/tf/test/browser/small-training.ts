import type * as tfjs from "@tensorflow/tfjs-core";

/** Numbers in [−0.5, 0.5) from whole-number arithmetic, the same in every engine. */
function numbers(shape: number[], seed: number): { values: Float32Array; shape: number[] } {
  const length = shape.reduce((product, size) => product * size, 1);
  return { values: Float32Array.from({ length }, (_, i) => (((i + seed) * 7919) % 1021) / 1021 - 0.5), shape };
}

/** Trains a small CNN for five steps and returns its losses and weights: Node's and a browser's bits must agree. */
export async function trainSmallCnn(tf: typeof tfjs): Promise<{ losses: number[]; bits: number[] }> {
  const variable = (shape: number[], seed: number) => {
    const { values } = numbers(shape, seed);
    return tf.variable(tf.mul(tf.tensor(values, shape), 0.2));
  };
  const filters = [variable([5, 5, 2, 16], 1), variable([3, 3, 16, 32], 2)] as [tfjs.Variable, tfjs.Variable];
  const weights = variable([3 * 3 * 32, 4], 3);
  const { values, shape } = numbers([8, 12, 12, 2], 4);
  const x = tf.tensor4d(values, shape as [number, number, number, number]);
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 0, 1, 2, 3], "int32"), 4) as tfjs.Tensor2D;
  const layer = (input: tfjs.Tensor4D, filter: tfjs.Variable) =>
    tf.maxPool(tf.relu(tf.conv2d(input, filter as unknown as tfjs.Tensor4D, 1, "same")), 2, 2, "same") as tfjs.Tensor4D;
  const loss = () => {
    const features = layer(layer(x, filters[0]), filters[1]); // [8, 3, 3, 32]
    const logits = tf.matMul(tf.reshape(features, [8, 288]), weights as unknown as tfjs.Tensor2D);
    return tf.losses.softmaxCrossEntropy(labels, logits) as tfjs.Scalar;
  };
  const optimizer = tf.train.momentum(0.1, 0.9);
  const losses: number[] = [];
  for (let step = 0; step < 5; step++) losses.push(tf.tidy(() => optimizer.minimize(loss, true)!.dataSync()[0]!));
  const bits = [...filters, weights].flatMap((each) => [...new Int32Array(each.dataSync().slice().buffer)]);
  return { losses, bits };
}

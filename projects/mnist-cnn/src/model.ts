import { batchNormalization, seededDropout, seededInitializers, tf } from "@course/tf";
import type { Architecture } from "./config.ts";
import { featureMaps } from "./sizes.ts";

/**
 * Convolutions with pooling, then two dense layers: images [batch, height, width, channels] →
 * logits [batch, numClasses]. No softmax at the end: it belongs to the loss. The shapes below are
 * those of the default settings on 28×28 grey pixels.
 *
 * @throws UserError where a window does not fit into its image.
 */
export function buildCnn(architecture: Architecture, seed: number): tf.Sequential {
  featureMaps(architecture); // or TensorFlow.js builds a layer of negative size
  const { inputShape, numClasses, features, kernel, stride, padding, activation, pooling, hidden } = architecture;
  const { conv2d, maxPooling2d, averagePooling2d, flatten, dense } = tf.layers;
  const { heNormal, glorotUniform } = seededInitializers(seed);
  const initializer = activation === "relu" || activation === "elu" ? heNormal : glorotUniform;
  const almostZero = tf.initializers.randomNormal({ stddev: 0.01, seed }); // the first guess favours no class: loss ln 10
  const convolution = { kernelSize: kernel, strides: stride, padding, activation };
  const model = tf.sequential();
  // #solution 2.1 add the layers, each with a kernelInitializer; the last one with almostZero, and no activation
  features.forEach((filters, i) => {
    const first = i === 0 ? { inputShape: [...inputShape] } : {};
    model.add(conv2d({ ...first, ...convolution, filters, kernelInitializer: initializer() })); // [batch, 24, 24, 32], [batch, 8, 8, 64]
    if (pooling === "max") model.add(maxPooling2d({ poolSize: 2 })); // [batch, 12, 12, 32], [batch, 4, 4, 64]
    if (pooling === "average") model.add(averagePooling2d({ poolSize: 2 }));
    if (architecture.batchNorm) model.add(batchNormalization()); // after pooling, where there is a quarter to do
  });
  model.add(flatten()); // [batch, 1024]
  model.add(dense({ units: hidden, activation, kernelInitializer: initializer() })); // [batch, 1024]
  if (architecture.dropout > 0) model.add(seededDropout({ rate: architecture.dropout, seed }));
  model.add(dense({ units: numClasses, kernelInitializer: almostZero })); // [batch, 10]
  // #end
  return model;
}

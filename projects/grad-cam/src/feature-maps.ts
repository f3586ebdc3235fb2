import { tf } from "@course/tf";

export type Layer = tf.layers.Layer;

/** Of each example, the class whose score is explained: [batch] class ids. */
export type Classes = ArrayLike<number>;

/** Feature maps A [batch, rows, columns, channels] of a layer, and dy/dA of the class scores y, in A's shape. */
export type FeatureMaps = { readonly maps: tf.Tensor4D; readonly gradients: tf.Tensor4D };

/** images [batch, height, width, channels] → logits [batch, numClasses], with `change` added to the layer's output. */
export function logitsWithChange(model: tf.LayersModel, images: tf.Tensor4D, at: { layer: Layer; change: tf.Tensor }) {
  const { layer, change } = at;
  const { call } = layer;
  layer.call = (inputs, kwargs) => tf.add(call.call(layer, inputs, kwargs) as tf.Tensor, change);
  try {
    return model.apply(images) as tf.Tensor2D;
  } finally {
    layer.call = call;
  }
}

/** logits [batch, numClasses] → y [batch], of each row the score of its class. */
export function classScores(logits: tf.Tensor2D, classes: Classes): tf.Tensor1D {
  // #solution 1.1 pick one score of each row: multiply by one-hot rows, then sum over the classes
  const oneHot = tf.oneHot(tf.tensor1d(Array.from(classes), "int32"), logits.shape[1]);
  return logits.mul<tf.Tensor2D>(oneHot).sum(1);
  // #end
}

/**
 * Feature maps of a layer of any model, and what the class scores change by when a feature changes.
 * Nothing is cut in two: zeros are added to the layer's output, and the derivative is taken with
 * respect to them, so a network with branches does as well. The caller disposes both.
 */
export function featureMaps(model: tf.LayersModel, layer: Layer, batch: { images: tf.Tensor4D; classes: Classes }) {
  const { images, classes } = batch;
  return tf.tidy((): FeatureMaps => {
    const maps = tf.model({ inputs: model.inputs, outputs: layer.output }).apply(images) as tf.Tensor4D;
    const zeros = tf.zerosLike(maps);
    // #solution 1.2 tf.grad of the sum of the class scores as a function of the change, at zeros
    const scores = (change: tf.Tensor) =>
      classScores(logitsWithChange(model, images, { layer, change }), classes).sum();
    return { maps, gradients: tf.grad(scores)(zeros) as tf.Tensor4D };
    // #end
  });
}

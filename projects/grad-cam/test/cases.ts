import { createRandom } from "@course/core";
import { tf } from "@course/tf";

/** Numbers in [low, high), the same at each call. */
export function numbers(count: number, { seed = 1, low = 0, high = 1 } = {}): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => random.uniform(low, high));
}

export const images = (batch: number, size: readonly [number, number, number], seed = 1): tf.Tensor4D =>
  tf.tensor4d(numbers(batch * size[0] * size[1] * size[2], { seed }), [batch, ...size]);

/** Sets every weight by draws in ±scale. */
export function randomize(model: tf.LayersModel, scale = 0.5): tf.LayersModel {
  model.setWeights(
    model
      .getWeights()
      .map((weight, i) => tf.tensor(numbers(weight.size, { seed: i + 1, low: -scale, high: scale }), weight.shape)),
  );
  return model;
}

const { conv2d, averagePooling2d, maxPooling2d, flatten, dense } = tf.layers;

/** Smooth, so that central differences fit; sizes that all differ. Images [batch, 7, 6, 2] → 3 classes. */
export function smoothNetwork(): tf.LayersModel {
  return randomize(
    tf.sequential({
      layers: [
        conv2d({ inputShape: [7, 6, 2], filters: 4, kernelSize: 3, padding: "same", activation: "tanh", name: "maps" }),
        averagePooling2d({ poolSize: 2 }),
        flatten(),
        dense({ units: 5, activation: "tanh" }),
        dense({ units: 3 }),
      ],
    }),
  );
}

/** With corners at ReLUs and in a max pooling. Images [batch, 7, 6, 2] → 3 classes. */
export function corneredNetwork(): tf.LayersModel {
  return randomize(
    tf.sequential({
      layers: [
        conv2d({ inputShape: [7, 6, 2], filters: 8, kernelSize: 3, padding: "same", activation: "relu", name: "maps" }),
        maxPooling2d({ poolSize: 2 }),
        flatten(),
        dense({ units: 16, activation: "relu", name: "hidden" }),
        dense({ units: 3 }),
      ],
    }),
  );
}

/** `smoothNetwork` with a way around the layer `maps`: what a network cut in two at a layer would lose. */
export function branchedNetwork(): tf.LayersModel {
  const input = tf.input({ shape: [7, 6, 2] });
  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(x) as tf.SymbolicTensor;
  const stem = apply(conv2d({ filters: 4, kernelSize: 3, padding: "same", activation: "tanh" }), input);
  const maps = apply(conv2d({ filters: 4, kernelSize: 3, padding: "same", activation: "tanh", name: "branch" }), stem);
  const sum = apply(tf.layers.add(), [stem, maps]);
  const hidden = apply(dense({ units: 5, activation: "tanh" }), apply(flatten(), sum));
  return randomize(tf.model({ inputs: input, outputs: apply(dense({ units: 3 }), hidden) }));
}

/** y = images · w: everything about it can be worked out. Of each class a list of weights [height·width·channels]. */
export function linearNetwork(inputShape: [number, number, number], ...classes: readonly number[][]): tf.LayersModel {
  const units = classes.length;
  const model = tf.sequential({ layers: [flatten({ inputShape }), dense({ units, useBias: false })] });
  model.setWeights([tf.tensor2d([...classes]).transpose()]);
  return model;
}

/** Weights of a class that nobody asks about. */
export const nothing = (length: number): number[] => Array<number>(length).fill(0);

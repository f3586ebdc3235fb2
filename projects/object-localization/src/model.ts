import { type NormalizedConvolutionArgs, normalizedConvolution, seededInitializers, tf } from "@course/tf";

/** LeNet-5's plan in three sizes: convolutions, each with pooling, then dense layers. */
export const LENETS = {
  "lenet-a": { filters: [6, 16], kernel: 5, hidden: [120, 84], activation: "tanh", pooling: "average" }, // of 1998
  "lenet-b": { filters: [16, 32, 64], kernel: 5, hidden: [128], activation: "relu", pooling: "max" },
  "lenet-c": { filters: [24, 48, 96], kernel: 3, hidden: [256], activation: "relu", pooling: "max" },
} as const;

export const MODELS = ["residual", "lenet-a", "lenet-b", "lenet-c"] as const;
export type ModelName = (typeof MODELS)[number];

export interface ModelOptions {
  readonly inputShape: readonly [height: number, width: number, channels: number];
  /** has-object, four of the box, and one for each class. */
  readonly outputs: number;
  readonly seed: number;
}

/** Images [batch, height, width, channels] in [0, 1] → [batch, outputs], without a last activation. */
export function buildModel(name: ModelName, options: ModelOptions): tf.LayersModel {
  return name === "residual" ? buildResidual(options) : buildLenet(LENETS[name], options);
}

/** After LeNet-5 (LeCun et al., 1998). The shapes are lenet-a's on 48×60 pixels. */
function buildLenet(plan: (typeof LENETS)[keyof typeof LENETS], { inputShape, outputs, seed }: ModelOptions) {
  const { filters, kernel, hidden, activation, pooling } = plan;
  const { conv2d, averagePooling2d, maxPooling2d, flatten, dense } = tf.layers;
  const { glorotUniform, heNormal } = seededInitializers(seed);
  const initializer = activation === "relu" ? heNormal : glorotUniform;
  const pool = pooling === "max" ? maxPooling2d : averagePooling2d;
  let x = tf.input({ shape: [...inputShape] });
  const input = x;
  const apply = (layer: tf.layers.Layer) => {
    x = layer.apply(x) as tf.SymbolicTensor;
  };
  // #solution 2.1 for each of `filters` a convolution ("same" padding) and a pooling; flatten; dense layers; the outputs
  for (const count of filters) {
    const kernelInitializer = initializer();
    apply(conv2d({ filters: count, kernelSize: kernel, padding: "same", activation, kernelInitializer }));
    apply(pool({ poolSize: 2 })); // [batch, 24, 30, 6], [batch, 12, 15, 16]
  }
  apply(flatten()); // [batch, 2880]
  for (const units of hidden) apply(dense({ units, activation, kernelInitializer: initializer() })); // [batch, 84]
  apply(dense({ units: outputs, kernelInitializer: almostZero(seed) })); // [batch, outputs]
  // #end
  return tf.model({ inputs: input, outputs: x });
}

/**
 * Residual blocks (He et al., 2016) that halve the image twice, then two heads: one for has-object and the box, one for the
 * class. The shapes are those of 48×60 pixels.
 */
function buildResidual({ inputShape, outputs, seed }: ModelOptions): tf.LayersModel {
  const { heNormal } = seededInitializers(seed);
  const { flatten, globalMaxPooling2d, concatenate, dense, reLU } = tf.layers;
  const input = tf.input({ shape: [...inputShape] });
  const convolve = (x: tf.SymbolicTensor, convolution: NormalizedConvolutionArgs) =>
    normalizedConvolution(x, { ...convolution, kernelInitializer: heNormal(), momentum: 0.9 }); // 0.9: a run has a few thousand steps
  const activate = (x: tf.SymbolicTensor) => reLU().apply(x) as tf.SymbolicTensor;
  const block = (x: tf.SymbolicTensor, filters: number, strides: number) => {
    // #solution 2.2 two 3×3 convolutions with a ReLU between; add x, by a 1×1 convolution where its shape differs; ReLU
    const inner = activate(convolve(x, { filters, kernelSize: 3, strides }));
    const y = convolve(inner, { filters, kernelSize: 3 });
    const isSame = strides === 1 && x.shape.at(-1) === filters;
    const shortcut = isSame ? x : convolve(x, { filters, kernelSize: 1, strides });
    return activate(tf.layers.add().apply([y, shortcut]) as tf.SymbolicTensor);
    // #end
  };
  let x = activate(convolve(input, { filters: 32, kernelSize: 5, strides: 2 })); // [batch, 24, 30, 32]
  x = block(x, 32, 1);
  x = block(x, 48, 2); // [batch, 12, 15, 48]
  x = block(x, 48, 1);
  x = block(x, 96, 2); // [batch, 6, 8, 96]
  x = block(x, 96, 1);
  const flat = flatten().apply(activate(convolve(x, { filters: 48, kernelSize: 1 }))); // [batch, 2304]: where
  const found = activate(convolve(x, { filters: 256, kernelSize: 1 })); // [batch, 6, 8, 256]
  const strongest = globalMaxPooling2d({ dataFormat: "channelsLast" }).apply(found); // [batch, 256]: what, wherever it is
  const answer = (features: unknown, units: number, count: number) => {
    const hidden = dense({ units, activation: "relu", kernelInitializer: heNormal() });
    const output = dense({ units: count, kernelInitializer: almostZero(seed + count) });
    return output.apply(hidden.apply(features as tf.SymbolicTensor)) as tf.SymbolicTensor;
  };
  const y = concatenate().apply([answer(flat, 256, 5), answer(strongest, 128, outputs - 5)]); // [batch, outputs]
  return tf.model({ inputs: input, outputs: y as tf.SymbolicTensor });
}

/** The first answers are near 0: a box in the middle of the image, and no class before another. */
const almostZero = (seed: number) => tf.initializers.randomNormal({ stddev: 0.01, seed });

import { type NormalizedConvolutionArgs, normalizedConvolution, seededInitializers, tf } from "@course/tf";
import type { Grid } from "./grid.ts";

/** Plain convolutions of `filters`, a max pooling after each of the first two; then the cells' `hidden` units. */
export const PLAIN = {
  "conv-a": { kernel: 5, filters: [8, 16], hidden: 32 }, // LeNet-5's size
  "conv-b": { kernel: 5, filters: [16, 32], hidden: 64 }, // twice as wide
  "conv-c": { kernel: 3, filters: [24, 48, 48], hidden: 96 }, // and deeper, with smaller windows
} as const;

export const MODELS = ["residual", "conv-a", "conv-b", "conv-c"] as const;
export type ModelName = (typeof MODELS)[number];

export interface ModelOptions {
  readonly grid: Grid; // rows and columns divide a quarter of height and width
  readonly numClasses: number;
  readonly seed: number;
}

/** Images [batch, height, width, 1] in [0, 1] → [batch, rows, columns, 5 + classes], without a last activation. */
export function buildModel(name: ModelName, options: ModelOptions): tf.LayersModel {
  return name === "residual" ? buildResidual(options) : buildPlain(PLAIN[name], options);
}

/** Convolutions and poolings to a quarter of the image's sides, then a window for each cell. Shapes: conv-a's on 48×60 pixels, two classes. */
function buildPlain(
  { kernel, filters, hidden }: (typeof PLAIN)[keyof typeof PLAIN],
  { grid, numClasses, seed }: ModelOptions,
) {
  const { conv2d, maxPooling2d } = tf.layers;
  const { heNormal } = seededInitializers(seed);
  const input = tf.input({ shape: [grid.height, grid.width, 1] });
  let x = input;
  const apply = (layer: tf.layers.Layer) => {
    x = layer.apply(x) as tf.SymbolicTensor;
  };
  // #solution 2.1 "same" convolutions with ReLU, a pooling after the first two; a window as large as a cell; the outputs
  filters.forEach((count, i) => {
    const settings = { padding: "same", activation: "relu" } as const;
    apply(conv2d({ ...settings, filters: count, kernelSize: kernel, kernelInitializer: heNormal() }));
    if (i < 2) apply(maxPooling2d({ poolSize: 2 })); // [batch, 24, 30, 8], [batch, 12, 15, 16]
  });
  const cell = cellWindow(x, grid);
  apply(conv2d({ filters: hidden, ...cell, activation: "relu", kernelInitializer: heNormal() })); // [batch, 2, 3, 32]
  apply(conv2d({ filters: 5 + numClasses, kernelSize: 1, kernelInitializer: almostZero(seed) })); // [batch, 2, 3, 7]
  // #end
  return tf.model({ inputs: input, outputs: x });
}

/** Residual blocks (He et al., 2016) at a quarter of the image's sides. Shapes on 48×60 pixels, two classes. */
function buildResidual({ grid, numClasses, seed }: ModelOptions): tf.LayersModel {
  const { heNormal } = seededInitializers(seed);
  const { conv2d, reLU } = tf.layers;
  const input = tf.input({ shape: [grid.height, grid.width, 1] });
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
  x = block(x, 64, 2); // [batch, 12, 15, 64]
  x = block(x, 64, 1);
  x = block(x, 64, 1);
  x = activate(convolve(x, { filters: 160, ...cellWindow(x, grid) })); // [batch, 2, 3, 160]
  x = activate(convolve(x, { filters: 128, kernelSize: 1 })); // [batch, 2, 3, 128]
  const y = conv2d({ filters: 5 + numClasses, kernelSize: 1, kernelInitializer: almostZero(seed) }).apply(x);
  return tf.model({ inputs: input, outputs: y as tf.SymbolicTensor }); // [batch, 2, 3, 7]
}

/** The window of a convolution that has one place for each cell. */
function cellWindow(x: tf.SymbolicTensor, { rows, columns }: Grid) {
  const size: [number, number] = [x.shape[1]! / rows, x.shape[2]! / columns];
  return { kernelSize: size, strides: size, padding: "valid" as const };
}

/** The first answers are near 0: a box that fills its cell, and no class before another. */
const almostZero = (seed: number) => tf.initializers.randomNormal({ stddev: 0.01, seed });

import { z } from "zod";

const DATASETS = ["digits", "mnist", "fashion-mnist", "folder"] as const;

/** Every setting with the reason for its default; the flags of the command line are made from it. */
export const config = z.strictObject({
  dataset: z.enum(DATASETS).default("digits").describe("to be had everywhere; folder: your own pictures, with --data"),
  imageSize: z.int().min(8).default(28).describe("side of a folder's pictures in pixels, as the other data have it"),
  color: z.boolean().default(false).describe("a folder's pictures in three channels; the other data are grey"),
  limit: z.int().min(0).default(0).describe("keeps so many training and test images; 0 keeps all"),
  augment: z.enum(["none", "warp", "flip"]).default("warp").describe("warp is for digits, flip for clothes and photos"),
  features: z.array(z.int().positive()).default([32, 64]).describe("filters of each convolution; later ones see more"),
  kernel: z.int().positive().default(5).describe("side of a convolution's window: a stroke and its surroundings"),
  stride: z.int().positive().default(1).describe("pixels from window to window; 2 does what pooling does"),
  padding: z.enum(["valid", "same"]).default("valid").describe("valid: no zeros around, a digit has an empty border"),
  activation: z.enum(["relu", "elu", "tanh", "sigmoid"]).default("relu").describe("does not saturate, and is cheap"),
  pooling: z.enum(["max", "average", "none"]).default("max").describe("asks whether a stroke is there, not just where"),
  hidden: z.int().positive().default(1024).describe("units before the last layer: most of the parameters"),
  batchNorm: z.boolean().default(false).describe("pays on clothes; digits are learnt well without"),
  dropout: z.number().min(0).lt(1).default(0.5).describe("share of hidden units left out in a step: less overfitting"),
  labelSmoothing: z.number().min(0).lt(1).default(0).describe("0.1 keeps the network from being too sure"),
  optimizer: z.enum(["adam", "rmsprop", "momentum", "sgd"]).default("adam").describe("least sensitive to its rate"),
  learningRate: z.number().positive().default(1e-3).describe("of step 0; falls to 0 along half a cosine"),
  batchSize: z.int().positive().default(64).describe("small enough for helpful noise, large enough for speed"),
  epochs: z.int().positive().default(20).describe("a compromise with time; full has more"),
});
export type Config = z.output<typeof config>;

/** Three convolutions with small windows see as far as two with large ones; batch norm lets them learn at a high rate. */
const DEEPER: Partial<Config> = {
  ...{ features: [32, 64, 128], kernel: 3, padding: "same", batchNorm: true },
  ...{ hidden: 256, dropout: 0.3, labelSmoothing: 0.1 },
};

export const FULL: Partial<Config> = { ...DEEPER, epochs: 40 };

/** Clothes may be mirrored, where digits may not. */
export const CLOTHES: Partial<Config> = {
  ...{ ...DEEPER, dataset: "fashion-mnist", augment: "flip" },
  ...{ epochs: 24, batchSize: 128, learningRate: 2e-3 },
};

/** A network but for its weights: its settings, and what the data ask of it. */
export interface Architecture extends Config {
  readonly inputShape: readonly [height: number, width: number, channels: number];
  readonly numClasses: number;
}

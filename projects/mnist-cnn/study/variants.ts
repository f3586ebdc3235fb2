import type { Config } from "../src/config.ts";

/** One change to the default settings. */
export interface Variant {
  readonly axis: string;
  readonly name: string;
  readonly change: Partial<Config>;
}

export const BASE: Variant = { axis: "base", name: "default settings", change: {} };

/** One row, one training for each seed. Optimizers come with a rate that is usual for them. */
export const VARIANTS: readonly Variant[] = [
  { axis: "features", name: "16 and 32", change: { features: [16, 32] } },
  { axis: "features", name: "64 and 128", change: { features: [64, 128] } },
  { axis: "features", name: "one convolution of 32", change: { features: [32] } },
  { axis: "padding", name: "same", change: { padding: "same" } },
  { axis: "kernel", name: "3×3", change: { kernel: 3 } },
  { axis: "kernel", name: "7×7", change: { kernel: 7 } },
  { axis: "stride", name: "2 instead of pooling", change: { stride: 2, pooling: "none" } },
  { axis: "stride", name: "2 and pooling, padding same", change: { stride: 2, padding: "same" } },
  { axis: "activation", name: "elu", change: { activation: "elu" } },
  { axis: "activation", name: "tanh", change: { activation: "tanh" } },
  { axis: "activation", name: "sigmoid", change: { activation: "sigmoid" } },
  { axis: "pooling", name: "average", change: { pooling: "average" } },
  { axis: "optimizer", name: "RMSProp, 0.001", change: { optimizer: "rmsprop", learningRate: 1e-3 } },
  { axis: "optimizer", name: "momentum, 0.02", change: { optimizer: "momentum", learningRate: 0.02 } },
  { axis: "optimizer", name: "SGD, 0.1", change: { optimizer: "sgd", learningRate: 0.1 } },
  { axis: "dropout", name: "none", change: { dropout: 0 } },
  { axis: "batch norm", name: "after each pooling", change: { batchNorm: true } },
  { axis: "label smoothing", name: "0.1", change: { labelSmoothing: 0.1 } },
  { axis: "augmentation", name: "none", change: { augment: "none" } },
  { axis: "augmentation", name: "flip", change: { augment: "flip" } },
  {
    axis: "together",
    name: "flip, batch norm, smoothing",
    change: { augment: "flip", batchNorm: true, labelSmoothing: 0.1 },
  },
];

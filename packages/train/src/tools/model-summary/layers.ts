/** Sizes of one example, without the batch: [height, width, channels], [length, features] or [features]. */
export type Shape = readonly number[];

type Pair = readonly [height: number, width: number];

/** Zeros around the image until the output is ⌈input / stride⌉, or none. */
export type Padding = "same" | "valid";

/** A layer as its cost needs it; the words are Keras's. */
export type LayerDescription =
  | { readonly kind: "dense"; readonly units: number; readonly bias?: boolean }
  | ({ readonly kind: "conv2d"; readonly filters: number } & Convolution)
  /** Each channel has `depthMultiplier` kernels of its own. */
  | ({ readonly kind: "depthwiseConv2d"; readonly depthMultiplier?: number } & Convolution)
  | { readonly kind: "pool2d"; readonly size: Pair; readonly strides?: Pair; readonly padding?: Padding }
  | { readonly kind: "globalPool" }
  | { readonly kind: "flatten" }
  /** Token numbers [length] → vectors [length, dimension]. */
  | { readonly kind: "embedding"; readonly vocabulary: number; readonly dimension: number }
  | RecurrentDescription
  /** Scale and shift are trained, moving mean and variance are not. */
  | { readonly kind: "batchNorm" }
  /** Activation, dropout: nothing that is counted. */
  | { readonly kind: "elementwise" }
  /** Whatever else, counted by the caller. */
  | ({ readonly kind: "other" } & LayerCost);

export interface Convolution {
  readonly kernel: Pair;
  readonly strides?: Pair;
  readonly padding?: Padding;
  readonly dilation?: Pair;
  readonly bias?: boolean;
}

export interface RecurrentDescription {
  readonly kind: "recurrent";
  readonly cell: "simple" | "lstm" | "gru";
  readonly units: number;
  readonly bias?: boolean;
  /** Every step's output, or the last one's. */
  readonly returnSequences?: boolean;
  /** Forward and backward, their outputs side by side. */
  readonly bidirectional?: boolean;
  /** GRU with a bias of its own for the recurrent part, as PyTorch and Keras 3 have it. */
  readonly resetAfter?: boolean;
}

export interface LayerCost {
  readonly outputShape: Shape;
  readonly parameters: number;
  /** Those that training changes; all of them if left out. */
  readonly trainable?: number;
  /** For one example, forward. Biases, activations, pooling and normalisation are not counted. */
  readonly multiplyAdds: number;
}

import type { LayerProbe } from "./layer-reading.ts";

export type Task =
  /** One label for each example. The loss is a mean over examples; MSE also over 0/1 targets. Default: cross-entropy. */
  | {
      readonly kind: "classification";
      readonly numClasses: number;
      readonly loss?: "cross-entropy" | "mse" | "other";
      readonly constantLoss?: number;
    }
  /** `constantLoss`: what the best constant answer costs; for MSE the variance of the targets. */
  | { readonly kind: "regression" | "other"; readonly constantLoss?: number };

/** Numbers as the model receives them. */
export interface InputSample {
  /** Some examples' values, one after another; a hundred examples are enough. */
  readonly sample: ArrayLike<number>;
  /** The range they should fill, or `standardised` for mean 0 and standard deviation 1. */
  readonly expected: readonly [low: number, high: number] | "standardised";
}

/** What a project tells the doctor about itself, each part optional: a check without its part stays silent. */
export interface Probe {
  readonly task?: Task;
  readonly inputs?: InputSample;
  /** Class ids by split (`train`, `validation`, `test`), those of a split being all that its accuracy counts. */
  readonly labels?: Readonly<Record<string, ArrayLike<number>>>;
  /** Examples that two splits share: `{ "train and test": findLeaks(train, test) }`. */
  readonly duplicates?: Readonly<Record<string, number>>;
  /** What a trivial rule reaches, by metric: `{ "test/mae": { "seasonal naive": 3.2 } }`. */
  readonly baselines?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What makes the training loss larger than the validation loss of the same weights: `["dropout"]`. */
  readonly trainingOnly?: readonly string[];
  /**
   * The layers in order. Called after the first and the last step of an epoch and when the loss
   * jumps; it must not draw from a random generator nor change what is trained.
   */
  readonly layers?: () => readonly LayerProbe[];
}

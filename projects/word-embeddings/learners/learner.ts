import type { Random } from "@course/core";
import type { Saveable } from "@course/train";
import type { Config } from "../src/config.ts";
import type { Corpus } from "../src/corpus.ts";

/** When a step is taken. */
export interface Moment {
  readonly epoch: number;
  readonly rate: number; // of Adam; plain SGD's falls in the same way
  readonly random: Random; // for this step
}

/** A model that learns from batches of places in the training text. */
export interface Learner {
  /** Places it can learn from: indices are below. */
  readonly places: number;
  readonly parameters: number;
  readonly parts: Readonly<Record<string, Saveable>>;
  /** [vocabulary, dimension] flattened, for a word's neighbours. */
  vectors(): Float32Array;
  /** One update; returns the mean loss before it. */
  learn(indices: Uint32Array, moment: Moment): number;
  /** On the validation split, without learning. */
  validate(): { readonly loss: number; readonly accuracy?: number };
}

export interface Setup {
  readonly corpus: Corpus;
  readonly config: Config;
  readonly random: Random; // for initial weights
}

import type { Random } from "@course/core";
import { gru, lstm, seededDropout, tf } from "@course/tf";
import type { Config, Plan } from "./config.ts";

/** Token ids → vectors → a recurrent layer → logits of the next token. */
export interface Network {
  readonly embedding: tf.Variable<tf.Rank.R2>; // [vocabulary, embedding]
  readonly recurrent: tf.layers.Layer;
  /** [vocabulary, units]; the embedding itself where it is as wide. */
  readonly output: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>; // [vocabulary]
  /** Before and behind the recurrent layer. */
  readonly dropouts: readonly ReturnType<typeof seededDropout>[];
  readonly variables: readonly tf.Variable[];
  readonly vocabularySize: number;
  readonly units: number;
  /** 2 for an LSTM (hidden, cell), 1 for a GRU. */
  readonly states: number;
}

type Sizes = Pick<Config, "model"> &
  Pick<Plan, "units" | "embedding" | "dropout"> & { readonly vocabularySize: number };

/** What counting knows before the first step; left out, vectors are uniform in ±0.1 and the bias is 0. */
export interface Start {
  /** [vocabulary · embedding] */
  readonly vectors?: Float32Array | undefined;
  /** [vocabulary] log of each token's share: the first guess is then as good as frequencies alone. */
  readonly bias: Float32Array;
}

/** The caller disposes its variables. */
export function createNetwork(sizes: Sizes, random: Random, start?: Start): Network {
  const { model, units, embedding: width, dropout, vocabularySize } = sizes;
  const seed = () => random.integer(1, 2 ** 31);
  const table = (columns: number, values?: Float32Array) =>
    tf.variable(
      values
        ? tf.tensor2d(values, [vocabularySize, columns])
        : tf.randomUniform<tf.Rank.R2>([vocabularySize, columns], -0.1, 0.1, "float32", seed()),
    );
  const embedding = table(width, start?.vectors); // [vocabulary, embedding]
  const output = width === units ? embedding : table(units); // [vocabulary, units]
  const bias = tf.variable(start ? tf.tensor1d(start.bias) : tf.zeros<tf.Rank.R1>([vocabularySize]));
  const recurrent = { lstm, gru }[model]({ units, seed: seed(), returnSequences: true, returnState: true });
  tf.tidy(() => void recurrent.apply(tf.zeros([1, 1, width]))); // makes its weights
  const weights = recurrent.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const dropouts = [seed(), seed()].map((own) => seededDropout({ rate: dropout, seed: own }));
  const tables = output === embedding ? [embedding] : [embedding, output];
  const variables = [...tables, bias, ...weights];
  return {
    embedding,
    recurrent,
    output,
    bias,
    dropouts,
    variables,
    vocabularySize,
    units,
    states: model === "lstm" ? 2 : 1,
  };
}

/** What a network remembers before it has read anything: [batch, units] each. */
export function emptyStates({ states, units }: Network, batch: number): tf.Tensor2D[] {
  return Array.from({ length: states }, () => tf.zeros([batch, units]));
}

export type Reading = {
  /** [batch, time, units] after each token. */
  readonly hidden: tf.Tensor3D;
  /** [batch, units] each: what is then remembered. */
  readonly states: tf.Tensor2D[];
};

/**
 * Reads on from what is remembered.
 *
 * @param ids int32 [batch, time]
 * @param states [batch, units] each
 * @param step of the training, which decides what is dropped; left out, nothing is.
 */
export function read(network: Network, ids: tf.Tensor2D, states: readonly tf.Tensor[], step?: number): Reading {
  const { embedding, recurrent, dropouts } = network;
  const drop = (x: tf.Tensor, which: number) => {
    dropouts[which].step = step ?? 0;
    return dropouts[which].apply(x, { training: step !== undefined }) as tf.Tensor;
  };
  // #solution 2.1 gather the vectors [batch, time, embedding], drop, apply the layer with { initialState }, drop its output
  const x = drop(tf.gather(embedding, ids), 0); // [batch, time, embedding]
  const [y, ...after] = recurrent.apply(x, { initialState: [...states] } as never) as tf.Tensor[];
  return { hidden: drop(y, 1) as tf.Tensor3D, states: after as tf.Tensor2D[] }; // [batch, time, units]
  // #end
}

/** hidden [n, units] → logits [n, vocabulary] */
export function logitsOf({ output, bias }: Network, hidden: tf.Tensor2D): tf.Tensor2D {
  return tf.fused.matMul({ a: hidden, b: output, transposeB: true, bias }) as tf.Tensor2D;
}

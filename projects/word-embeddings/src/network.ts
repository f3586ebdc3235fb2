import type { Random } from "@course/core";
import { seededDropout, tf } from "@course/tf";

/** Guesses a word from its context: an embedding for each context word, side by side, and hidden layers. */
export interface Plan {
  /** [vocabulary] share of each word in the training text. */
  readonly shares: ArrayLike<number>;
  /** Context words, before and after the target together. */
  readonly width: number;
  /** Numbers in a word's vector. */
  readonly dimension: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
}

export interface Network extends Plan {
  readonly embeddings: tf.Variable<tf.Rank.R2>; // [vocabulary, dimension]: of the context and, transposed, of the output
  readonly bias: tf.Variable<tf.Rank.R1>; // [vocabulary]
  readonly kernels: readonly tf.Variable<tf.Rank.R2>[]; // the hidden layers', and one back to [dimension]
  readonly biases: readonly tf.Variable<tf.Rank.R1>[];
}

/**
 * Embeddings start normal with a standard deviation of 1 / √dimension, kernels as He et al. (2015), hidden biases at 0. The
 * output's biases start at log share, so that the network begins with what it would otherwise learn first: how common words are.
 */
export function createNetwork(plan: Plan, random: Random): Network {
  const normal = (rows: number, columns: number, sd: number) =>
    tf.variable(
      tf.tensor2d(
        Float32Array.from({ length: rows * columns }, () => random.normal(0, sd)),
        [rows, columns],
      ),
    );
  const sizes = [plan.width * plan.dimension, ...plan.hidden, plan.dimension];
  return {
    ...plan,
    embeddings: normal(plan.shares.length, plan.dimension, 1 / Math.sqrt(plan.dimension)),
    bias: tf.variable(tf.tensor1d(Float32Array.from(plan.shares, (share) => Math.log(Math.max(share, 1e-9))))),
    kernels: sizes.slice(1).map((outputs, i) => normal(sizes[i], outputs, Math.sqrt(2 / sizes[i]))),
    biases: sizes.slice(1).map((outputs) => tf.variable(tf.zeros([outputs]))),
  };
}

export function variablesOf({ embeddings, bias, kernels, biases }: Network): tf.Variable[] {
  return [embeddings, bias, ...kernels, ...biases];
}

export interface Dropout {
  /** Share of the inputs of each layer that is set to 0. */
  readonly rate: number;
  readonly random: Random;
}

/** contexts [batch, width] ids → hidden units [batch, dimension], to be compared with every word's embedding. */
export function hiddenUnits(network: Network, contexts: tf.Tensor2D, dropout?: Dropout): tf.Tensor2D {
  const { embeddings, kernels, biases, width, dimension } = network;
  const drop = (x: tf.Tensor2D) => (dropout ? dropped(x, dropout) : x);
  // #solution 2.1 gather the rows of the context words, put them side by side, then layer by layer; relu but for the last
  let x = tf.gather(embeddings, contexts.flatten()).reshape([-1, width * dimension]) as tf.Tensor2D;
  kernels.forEach((kernel, layer) => {
    const activation = layer < kernels.length - 1 ? "relu" : "linear";
    x = tf.fused.matMul({ a: drop(x), b: kernel, bias: biases[layer], activation }) as tf.Tensor2D;
  });
  return x;
  // #end
}

/** Some of x set to 0 and the others scaled up; TensorFlow.js's own dropout takes ten times as long to draw. */
function dropped(x: tf.Tensor2D, { rate, random }: Dropout): tf.Tensor2D {
  return seededDropout({ rate, seed: random.integer(0, 2 ** 31) }).call(x, { training: true }) as tf.Tensor2D;
}

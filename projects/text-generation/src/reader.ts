import { tf } from "@course/tf";
import { emptyStates, logitsOf, type Network, read } from "./model.ts";
import { START } from "./streams.ts";

/** What a model predicts next for several texts that it reads side by side. */
export interface Step {
  /** [rows, vocabulary] natural logarithms. */
  readonly logProbabilities: Float32Array;
  readonly rows: number;
}

/** A language model as text generation sees it: it reads a prompt, then one token a row at a time. */
export interface Reader {
  readonly vocabularySize: number;
  /** One row, for what follows the prompt (which may be empty). */
  start(prompt: ArrayLike<number>): Step;
  /** Row i goes on from what row parents[i] of the last step remembered, with one more token. */
  advance(parents: readonly number[], tokens: readonly number[]): Step;
  dispose(): void;
}

/** What was read is never read again: each row keeps its state, so a token costs one step of the network for all rows. */
export function createReader(network: Network): Reader {
  let states: tf.Tensor[] = [];
  const predict = (rows: number, tokens: ArrayLike<number>, before: readonly tf.Tensor[]): Step => {
    const { after, logProbabilities } = tf.tidy(() => {
      const ids = tf.tensor2d(Int32Array.from(tokens), [rows, tokens.length / rows], "int32");
      const { hidden, states } = read(network, ids, before);
      const last = tf.squeeze(tf.slice(hidden, [0, hidden.shape[1] - 1, 0], [-1, 1, -1]), [1]) as tf.Tensor2D;
      return { after: states, logProbabilities: tf.logSoftmax(logitsOf(network, last)) };
    });
    tf.dispose([...before, ...states]);
    states = after;
    const values = logProbabilities.dataSync<"float32">();
    logProbabilities.dispose();
    return { logProbabilities: values, rows };
  };
  return {
    vocabularySize: network.vocabularySize,
    start: (prompt) => predict(1, [START, ...Array.from(prompt)], emptyStates(network, 1)),
    advance(parents, tokens) {
      // #solution 6.1 the parents' rows of the states (tf.gather), then predict one token a row
      const rows = tf.tensor1d([...parents], "int32");
      const own = states.map((state) => tf.gather(state, rows));
      rows.dispose();
      return predict(parents.length, tokens, own);
      // #end
    },
    dispose: () => tf.dispose(states),
  };
}

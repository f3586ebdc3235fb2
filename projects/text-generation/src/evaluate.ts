import { argmaxRows } from "@course/metrics";
import { tf } from "@course/tf";
import { emptyStates, logitsOf, type Network, read } from "./model.ts";
import { arrangeStreams, NONE, windowAt } from "./streams.ts";

export interface Evaluation {
  /** Mean negative log-likelihood, in nats per token. */
  readonly loss: number;
  /** Share of tokens that were the likeliest; `<unk>` is never an answer and never right. */
  readonly accuracy: number;
  readonly tokens: number;
}

/**
 * Every token of the texts after those before it in its text, with the softmax over all tokens. They are read in 32
 * streams; at the 31 places where a stream begins inside a text the network has forgotten what was before.
 */
export async function evaluate(
  network: Network,
  texts: readonly Int32Array[],
  pause = async () => {},
): Promise<Evaluation> {
  const tokens = texts.reduce((sum, { length }) => sum + length, 0);
  const streams = arrangeStreams(texts, { batchSize: 32, time: Math.min(32, tokens) });
  const { batch, time } = streams;
  let states: tf.Tensor[] = emptyStates(network, batch);
  const sums = { loss: 0, right: 0 };
  for (let window = 0; window < streams.windows; window++) {
    const { inputs, targets, resets } = windowAt(streams, window);
    const before = states;
    const { after, p } = tf.tidy(() => {
      const kept = tf.tensor2d(
        Float32Array.from(resets, (reset) => 1 - reset),
        [batch, 1],
      );
      const result = read(
        network,
        tf.tensor2d(inputs, [batch, time], "int32"),
        before.map((state) => tf.mul(state, kept)),
      );
      const logits = logitsOf(network, result.hidden.reshape([batch * time, network.units]));
      return { after: result.states, p: tf.softmax(logits) };
    });
    tf.dispose(before);
    states = after;
    addUp(sums, p.dataSync<"float32">(), targets);
    p.dispose();
    await pause();
  }
  tf.dispose(states);
  return { loss: sums.loss / tokens, accuracy: sums.right / tokens, tokens };
}

/** p [n, vocabulary] of the next token against the targets [n]; those that are NONE do not count. */
export function addUp(sums: { loss: number; right: number }, p: Float32Array, targets: Int32Array): void {
  const size = p.length / targets.length;
  // #solution 5.1 add −log p of each target to the loss, and the likeliest token but <unk> (id 0) that is right
  targets.forEach((target, i) => {
    if (target !== NONE) sums.loss -= Math.log(p[i * size + target]);
    p[i * size] = 0;
  });
  argmaxRows(p, size).forEach((best, i) => {
    sums.right += Number(best === targets[i] && best !== 0);
  });
  // #end
}

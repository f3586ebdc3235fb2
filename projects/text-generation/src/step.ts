import { tf } from "@course/tf";
import type { Candidates } from "./candidates.ts";
import { crossEntropy } from "./loss.ts";
import { type Network, read } from "./model.ts";
import { type Streams, windowAt } from "./streams.ts";

const MAX_NORM = 1; // of the gradient: a rare word's step must not throw away what is learnt (Pascanu et al., 2013)

export interface Training {
  readonly network: Network;
  readonly optimizer: tf.Optimizer;
  /** [batch, units] each: what the network remembers of each stream, carried from step to step. */
  readonly memory: readonly tf.Variable[];
}

export interface StepOptions {
  readonly window: number;
  /** Of the training: decides what dropout leaves out. */
  readonly step: number;
  /** Of a sampled softmax; left out, the softmax is over all tokens. */
  readonly sample?: ((targets: Int32Array) => Candidates) | undefined;
}

/** One update from one window of the streams; returns the loss before it, in nats per token. */
export function trainStep(
  { network, optimizer, memory }: Training,
  streams: Streams,
  { window, step, sample }: StepOptions,
): number {
  const { inputs, targets, resets } = windowAt(streams, window);
  const { batch, time } = streams;
  return tf.tidy(() => {
    const kept = tf.tensor2d(
      Float32Array.from(resets, (reset) => 1 - reset),
      [batch, 1],
    );
    const ids = tf.tensor2d(inputs, [batch, time], "int32");
    let after: tf.Tensor[] = [];
    const loss = () => {
      // #solution 4.1 read on from the memory, 0 in rows that are reset; keep (tf.keep) the new states; return the loss
      const { hidden, states } = read(
        network,
        ids,
        memory.map((state) => tf.mul(state, kept)),
        step,
      );
      after = states.map((state) => tf.keep(state));
      return lossOf(network, hidden.reshape([batch * time, network.units]), targets, sample);
      // #end
    };
    const { value, grads } = tf.variableGrads(loss, [...network.variables]);
    memory.forEach((state, i) => {
      state.assign(after[i]);
      after[i].dispose();
    });
    optimizer.applyGradients(clip(grads, MAX_NORM));
    return value.dataSync()[0];
  });
}

function lossOf(network: Network, hidden: tf.Tensor2D, targets: Int32Array, sample: StepOptions["sample"]): tf.Scalar {
  if (!sample) return crossEntropy({ ...network, hidden }, targets);
  const { ids, targets: places, corrections } = sample(targets);
  const output = tf.gather(network.output, ids) as tf.Tensor2D;
  const bias = tf.add(tf.gather(network.bias, ids), tf.tensor1d(corrections)) as tf.Tensor1D;
  return crossEntropy({ hidden, output, bias }, places);
}

/** Scales all gradients together so that their common norm is at most `limit`. */
export function clip(grads: tf.NamedTensorMap, limit: number): tf.NamedTensorMap {
  // #solution 4.2 the norm over all gradients together; all times min(1, limit / norm)
  const squares = Object.values(grads).map((grad) => tf.sum(tf.square(grad)));
  const scale = tf.minimum(1, tf.div(limit, tf.sqrt(tf.addN(squares))));
  return Object.fromEntries(Object.entries(grads).map(([name, grad]) => [name, tf.mul(grad, scale)]));
  // #end
}

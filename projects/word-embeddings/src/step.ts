import { tf } from "@course/tf";
import type { Candidates } from "./candidates.ts";
import { crossEntropy } from "./loss.ts";
import { type Dropout, hiddenUnits, type Network, variablesOf } from "./network.ts";

export interface Step {
  readonly contexts: tf.Tensor2D; // [batch, width]; the caller disposes it
  readonly targets: Int32Array; // [batch]
  /** The words of the softmax, in place of all. */
  readonly candidates?: Candidates | undefined;
  readonly dropout?: Dropout | undefined;
}

/** One update of the network from one batch; returns the loss before it. */
export function trainStep(network: Network, optimizer: tf.Optimizer, step: Step): number {
  const { contexts, targets, candidates, dropout } = step;
  // #solution 4.2 in a tf.tidy: minimize crossEntropy of hiddenUnits; with candidates, of their rows, their bias + correction
  return tf.tidy(() => {
    const rows = candidates && tf.tensor1d(candidates.ids, "int32");
    const loss = () => {
      const hidden = hiddenUnits(network, contexts, dropout);
      const embeddings = rows ? tf.gather(network.embeddings, rows) : network.embeddings;
      const bias = rows ? tf.gather(network.bias, rows).add(candidates.corrections) : network.bias;
      return crossEntropy({ hidden, embeddings, bias } as never, tf.tensor1d(candidates?.targets ?? targets, "int32"));
    };
    return optimizer.minimize(loss, true, variablesOf(network))!.dataSync()[0];
  });
  // #end
}

import type { Random } from "@course/core";
import { gru, lstm, seededInitializers, tf } from "@course/tf";

export type Part = { readonly variables: readonly tf.Variable[]; apply(x: tf.Tensor): tf.Tensor };

/** Layers with seeded weights. */
export interface Parts {
  dense(inputs: number, units: number): Part;
  recurrent(
    kind: "gru" | "lstm",
    options: { inputs: number; units: number; backwards?: boolean; sequences?: boolean },
  ): Part;
}

/** Dense layers start as Glorot & Bengio (2010) say, with a bias of 0; recurrent ones as `lstm` and `gru` of @course/tf. */
export function createParts(random: Random): Parts {
  const seed = () => random.integer(1, 2 ** 31);
  return {
    dense(inputs, units) {
      const kernel = tf.variable(seededInitializers(seed()).glorotUniform().apply([inputs, units]) as tf.Tensor2D);
      const bias = tf.variable(tf.zeros([units]));
      return {
        variables: [kernel, bias],
        apply: (x) => tf.fused.matMul({ a: x as tf.Tensor2D, b: kernel as tf.Tensor2D, bias }),
      };
    },
    recurrent(kind, { inputs, units, backwards = false, sequences = false }) {
      const layer = { gru, lstm }[kind]({ units, seed: seed(), goBackwards: backwards, returnSequences: sequences });
      tf.tidy(() => void layer.apply(tf.zeros([1, 1, inputs]))); // makes its weights
      const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
      return { variables, apply: (x) => layer.apply(x) as tf.Tensor };
    },
  };
}

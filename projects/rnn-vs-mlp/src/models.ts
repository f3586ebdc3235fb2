import type { Random } from "@course/core";
import { seededDropout, tf } from "@course/tf";
import { createParts, type Part, type Parts } from "../layers/parts.ts";
import type { Config, ModelName } from "./config.ts";
import { FORMS } from "./data.ts";

/** Vectors around the gap → logits of the forms. */
export interface Model {
  readonly name: ModelName;
  /**
   * @param x [batch, 2 · context, dimension]: vectors before the gap, then those after it
   * @param step of the training, which decides what is dropped; left out, nothing is
   * @returns logits [batch, 12]
   */
  logits(x: tf.Tensor3D, step?: number): tf.Tensor2D;
  readonly variables: readonly tf.Variable[];
}

export interface Sizes extends Pick<Config, "context" | "hidden" | "units" | "dropout"> {
  readonly dimension: number;
}

type Builder = (
  sizes: Sizes,
  parts: Parts,
) => {
  body: (x: tf.Tensor3D, drop: (x: tf.Tensor) => tf.Tensor) => tf.Tensor;
  parts: Part[];
  /** Numbers that the body gives for each gap. */
  width: number;
};

const HEADS = 8;

/** What comes before the last layer, a row in a table for each model. Shapes: b batch, c context, d dimension. */
const BODIES: Readonly<Record<ModelName, Builder>> = {
  mlp: ({ context, dimension, hidden }, { dense }) => {
    const first = dense(2 * context * dimension, hidden);
    const body = (x: tf.Tensor3D) => {
      // #solution 2.1 the vectors side by side, one layer, relu
      return tf.relu(first.apply(tf.reshape(x, [x.shape[0], -1]))); // [b, hidden]
      // #end
    };
    return { parts: [first], body, width: hidden };
  },
  "mlp-deep": ({ context, dimension, hidden }, { dense }) => {
    const [first, second] = [dense(2 * context * dimension, 2 * hidden), dense(2 * hidden, hidden)];
    const body = (x: tf.Tensor3D, drop: (x: tf.Tensor) => tf.Tensor) => {
      // #solution 2.2 as above with two layers, dropout between them
      const below = drop(tf.relu(first.apply(tf.reshape(x, [x.shape[0], -1])))); // [b, 2 · hidden]
      return tf.relu(second.apply(below)); // [b, hidden]
      // #end
    };
    return { parts: [first, second], body, width: hidden };
  },
  gru: ({ context, dimension, units }, { recurrent }) => {
    const left = recurrent("gru", { inputs: dimension, units });
    const right = recurrent("gru", { inputs: dimension, units, backwards: true });
    const body = (x: tf.Tensor3D) => {
      // #solution 2.3 one GRU reads the left words towards the gap, the other the right ones backwards towards it
      const [before, after] = tf.split(x, [context, context], 1); // [b, c, d] each
      return tf.concat([left.apply(before), right.apply(after)], 1); // [b, 2 · units]
      // #end
    };
    return { parts: [left, right], body, width: 2 * units };
  },
  bilstm: ({ context, dimension, units }, { recurrent }) => {
    const half = { inputs: dimension, units: units / 2, sequences: true }; // it reads all places, and that twice
    const forwards = recurrent("lstm", half);
    const backwards = recurrent("lstm", { ...half, backwards: true });
    const body = (x: tf.Tensor3D) => {
      const [before, after] = tf.split(x, [context, context], 1);
      const gap = tf.zeros([x.shape[0], 1, dimension]);
      const all = tf.concat([before, gap, after], 1); // [b, 2c + 1, d]
      // #solution 2.4 both directions over all places (turn the backward one's outputs around): at the gap, and the maximum over places
      const both = tf.concat([forwards.apply(all), tf.reverse(backwards.apply(all), 1)], 2); // [b, 2c + 1, units]
      const atGap = tf.squeeze(tf.slice(both, [0, context, 0], [-1, 1, -1]), [1]);
      return tf.concat([atGap, tf.max(both, 1)], 1); // [b, 2 · units]
      // #end
    };
    return { parts: [forwards, backwards], body, width: 2 * units };
  },
  attention: ({ context, dimension, hidden, units }, { dense }) => {
    const places = 2 * context;
    const place = dense(places, units); // one-hot place → vector: a word near the gap is another matter than a far one
    const [word, query, last] = [dense(dimension, units), dense(units, HEADS), dense(HEADS * units, hidden)];
    const body = (x: tf.Tensor3D, drop: (x: tf.Tensor) => tf.Tensor) => {
      const b = x.shape[0];
      const positions = place.apply(tf.eye(places)); // [2c, units]
      const words = tf.reshape(word.apply(tf.reshape(x, [b * places, dimension])), [b, places, -1]);
      const values = tf.relu(tf.add(words, positions)) as tf.Tensor3D; // [b, 2c, units]
      // #solution 2.5 a score for each place and head, softmax over places, each head's weighted mean of the values; drop, last layer, relu
      const scores = tf.reshape(query.apply(tf.reshape(values, [b * places, -1])), [b, places, HEADS]);
      const weights = tf.softmax(tf.transpose(scores, [0, 2, 1])) as tf.Tensor3D; // [b, heads, 2c]
      const seen = tf.reshape(tf.matMul(weights, values), [b, -1]); // [b, heads · units]
      return tf.relu(last.apply(drop(seen))); // [b, hidden]
      // #end
    };
    return { parts: [place, word, query, last], body, width: hidden };
  },
};

/** The caller disposes its variables. */
export function createModel(name: ModelName, sizes: Sizes, random: Random): Model {
  const parts = createParts(random);
  const { body, parts: own, width } = BODIES[name](sizes, parts);
  const last = parts.dense(width, FORMS.length);
  const seed = () => random.integer(1, 2 ** 31);
  const dropouts = [0, 1].map(() => seededDropout({ rate: sizes.dropout, seed: seed() }));
  const dropper = (which: number, step: number | undefined) => (x: tf.Tensor) => {
    dropouts[which].step = step ?? 0;
    return dropouts[which].apply(x, { training: step !== undefined }) as tf.Tensor;
  };
  return {
    name,
    variables: [...own, last].flatMap(({ variables }) => variables),
    logits: (x, step) => last.apply(dropper(1, step)(body(x, dropper(0, step)))) as tf.Tensor2D,
  };
}

import { gru, lstm, seededInitializers, tf } from "@course/tf";
import { oneHot, type StepNetwork } from "./step-batch.ts";
import { BATCH, CBOW, TIME } from "./step-sizes.ts";

const VOCABULARY = 64;

/** Predicts at each position the token that stands there: the work of a language model. */
export function recurrentNetwork(name: "lstm" | "gru"): StepNetwork {
  const { glorotUniform } = seededInitializers(1);
  const tokens = Array.from({ length: BATCH * TIME }, (_, i) => (i * 7) % VOCABULARY);
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: VOCABULARY,
        outputDim: 64,
        inputLength: TIME,
        embeddingsInitializer: glorotUniform(),
      }),
      { lstm, gru }[name]({ units: 128, returnSequences: true, seed: 2 }),
      tf.layers.dense({ units: VOCABULARY, kernelInitializer: glorotUniform() }),
    ],
  });
  return { model, x: tf.tensor2d(tokens, [BATCH, TIME], "int32"), labels: oneHot(tokens, VOCABULARY) };
}

/** Word vectors by predicting a word from the mean of those around it (Mikolov et al., 2013), full softmax. */
export function cbowNetwork(): StepNetwork {
  const { batch, context, vocabulary, dimensions } = CBOW;
  const { glorotUniform } = seededInitializers(1);
  const words = Array.from({ length: batch * context }, (_, i) => (i * 31) % vocabulary);
  const centres = Array.from({ length: batch }, (_, i) => (i * 17) % vocabulary);
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: vocabulary,
        outputDim: dimensions,
        inputLength: context,
        embeddingsInitializer: glorotUniform(),
      }),
      tf.layers.globalAveragePooling1d({}), // [batch, dimensions]
      tf.layers.dense({ units: vocabulary, useBias: false, kernelInitializer: glorotUniform() }),
    ],
  });
  return { model, x: tf.tensor2d(words, [batch, context], "int32"), labels: oneHot(centres, vocabulary) };
}

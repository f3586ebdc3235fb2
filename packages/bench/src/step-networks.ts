import { gru, lstm, seededInitializers, tf } from "@course/tf";
import { BATCH, type StepNetworkName, TIME } from "./step-sizes.ts";

export interface StepNetwork {
  readonly model: tf.Sequential;
  readonly x: tf.Tensor;
  /** One-hot labels [examples, classes], one row for each row of logits. */
  readonly labels: tf.Tensor2D;
}

const CLASSES = 10;
const VOCABULARY = 64;

/** How token ids become vectors: stock TensorFlow.js on WASM has no gradient of a lookup. */
export type Embedding = "lookup" | "one-hot product";

/** A network and one batch of noise; `peers/step.py` has the same in PyTorch. Seeded; the caller disposes. */
export function stepNetwork(name: StepNetworkName, embedding: Embedding = "lookup"): StepNetwork {
  if (name === "cnn") return { model: cnn(), ...imageBatch([BATCH, 28, 28, 1]) };
  if (name === "mlp") return { model: mlp(), ...imageBatch([BATCH, 784]) };
  const recurrent = { lstm, gru }[name]({ units: 128, returnSequences: true, seed: 2 });
  return sequenceNetwork(recurrent, embedding);
}

function cnn(): tf.Sequential {
  const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
  const { glorotUniform } = seededInitializers(1);
  const convolution = { kernelSize: 5, padding: "same", activation: "relu" } as const;
  return tf.sequential({
    layers: [
      conv2d({ ...convolution, filters: 32, inputShape: [28, 28, 1], kernelInitializer: glorotUniform() }),
      maxPooling2d({ poolSize: 2 }), // [batch, 14, 14, 32]
      conv2d({ ...convolution, filters: 64, kernelInitializer: glorotUniform() }),
      maxPooling2d({ poolSize: 2 }), // [batch, 7, 7, 64]
      flatten(),
      dense({ units: 1024, activation: "relu", kernelInitializer: glorotUniform() }),
      dense({ units: CLASSES, kernelInitializer: glorotUniform() }),
    ],
  });
}

function mlp(): tf.Sequential {
  const { dense } = tf.layers;
  const { glorotUniform } = seededInitializers(1);
  return tf.sequential({
    layers: [
      dense({ inputShape: [784], units: 128, activation: "relu", kernelInitializer: glorotUniform() }),
      dense({ units: 64, activation: "relu", kernelInitializer: glorotUniform() }),
      dense({ units: CLASSES, kernelInitializer: glorotUniform() }),
    ],
  });
}

function imageBatch(shape: number[]): Pick<StepNetwork, "x" | "labels"> {
  const classes = Array.from({ length: BATCH }, (_, i) => i % CLASSES);
  return { x: tf.randomUniform(shape, 0, 1, "float32", 1), labels: oneHot(classes, CLASSES) };
}

/** Predicts at each position the token that stands there: the work of a language model. */
function sequenceNetwork(recurrent: tf.layers.Layer, embedding: Embedding): StepNetwork {
  const { glorotUniform } = seededInitializers(1);
  const tokens = Array.from({ length: BATCH * TIME }, (_, i) => (i * 7) % VOCABULARY);
  const units = 64;
  const embed =
    embedding === "lookup"
      ? tf.layers.embedding({
          inputDim: VOCABULARY,
          outputDim: units,
          inputLength: TIME,
          embeddingsInitializer: glorotUniform(),
        })
      : tf.layers.dense({
          inputShape: [TIME, VOCABULARY],
          units,
          useBias: false,
          kernelInitializer: glorotUniform(),
        });
  const labels = oneHot(tokens, VOCABULARY);
  const x =
    embedding === "lookup"
      ? tf.tensor2d(tokens, [BATCH, TIME], "int32")
      : tf.reshape(labels, [BATCH, TIME, VOCABULARY]);
  const output = tf.layers.dense({ units: VOCABULARY, kernelInitializer: glorotUniform() });
  return { model: tf.sequential({ layers: [embed, recurrent, output] }), x, labels };
}

function oneHot(classes: number[], count: number): tf.Tensor2D {
  return tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(classes, "int32"), count), "float32") as tf.Tensor2D);
}
